#include "CLanesFused.h"

// Several lanes may not be fused where one is not: results must not depend on the processor.
#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)

#include <immintrin.h>

// Vectors wider than the unit only pass between inlined functions, which have no ABI.
#pragma clang diagnostic ignored "-Wpsabi"

/// What was stored is loaded again.
#define KEEP_IN_MEMORY __asm__ volatile("" ::: "memory")

#define INLINE static inline __attribute__((always_inline))
/// As a product everywhere: a division takes five times as long.
static const double hours_per_second = 1.0 / 3600;

#define JOIN(a, b) a##_##b
#define JOINED(a, b) JOIN(a, b)

#pragma clang attribute push(__attribute__((target("avx2,popcnt,bmi"))), apply_to = function)

/// Four rows of four become four columns.
INLINE void transpose_four(__m256d rows[4]) {
  const __m256d a = _mm256_unpacklo_pd(rows[0], rows[1]), b = _mm256_unpackhi_pd(rows[0], rows[1]);
  const __m256d c = _mm256_unpacklo_pd(rows[2], rows[3]), d = _mm256_unpackhi_pd(rows[2], rows[3]);
  rows[0] = _mm256_permute2f128_pd(a, c, 0x20);
  rows[1] = _mm256_permute2f128_pd(b, d, 0x20);
  rows[2] = _mm256_permute2f128_pd(a, c, 0x31);
  rows[3] = _mm256_permute2f128_pd(b, d, 0x31);
}

/// The bits of the candidates of a span of which so many are left.
#define span_there(left) ((left) >= SPAN ? (1u << SPAN) - 1 : (1u << (left)) - 1)

// A line of eight in two halves.
typedef struct {
  __m256d low, high;
} line_avx2;
#define line line_avx2
#define line_load load_avx2
#define line_first first_avx2
#define line_store store_avx2
#define line_put put_avx2
#define line_replace replace_avx2
#define line_least least_avx2
INLINE line line_load(const double *place) { return (line){_mm256_load_pd(place), _mm256_load_pd(place + 4)}; }
INLINE void line_store(double *place, line values) {
  _mm256_store_pd(place, values.low);
  _mm256_store_pd(place + 4, values.high);
}
INLINE unsigned equal_avx2(line values, double value) {
  const __m256d all = _mm256_set1_pd(value);
  return (unsigned)_mm256_movemask_pd(_mm256_cmp_pd(values.low, all, _CMP_EQ_OQ)) |
         (unsigned)_mm256_movemask_pd(_mm256_cmp_pd(values.high, all, _CMP_EQ_OQ)) << 4;
}
/// The first place of a value, which is there.
INLINE unsigned line_first(line values, double value) { return (unsigned)__builtin_ctz(equal_avx2(values, value)); }
/// Another value in a place.
INLINE line line_put(line values, unsigned place, double new) {
  const __m256i places = _mm256_set_epi64x(3, 2, 1, 0), more = _mm256_set_epi64x(7, 6, 5, 4);
  const __m256i here = _mm256_set1_epi64x(place);
  const __m256d all = _mm256_set1_pd(new);
  return (line){_mm256_blendv_pd(values.low, all, _mm256_castsi256_pd(_mm256_cmpeq_epi64(places, here))),
                _mm256_blendv_pd(values.high, all, _mm256_castsi256_pd(_mm256_cmpeq_epi64(more, here)))};
}
/// Another value in the first place of one.
INLINE line line_replace(line values, double old, double new) { return line_put(values, line_first(values, old), new); }
INLINE double line_least(line values) {
  const __m256d four = _mm256_min_pd(values.low, values.high);
  const __m128d two = _mm_min_pd(_mm256_castpd256_pd128(four), _mm256_extractf128_pd(four, 1));
  return _mm_cvtsd_f64(_mm_min_sd(two, _mm_unpackhi_pd(two, two)));
}

// Some candidates beside each other; a bit for each of those that are there.
#define SPAN 4
#define span span_avx2
#define span_places span_places_avx2
#define span_numbers (span_places){0, 1, 2, 3}
#define span_load span_load_avx2
#define span_load_places span_load_places_avx2
#define span_gather span_gather_avx2
#define span_only span_only_avx2
#define span_at_most span_at_most_avx2
#define span_least span_least_avx2
#define span_least_place span_least_place_avx2
typedef double span __attribute__((ext_vector_type(4)));
typedef int64_t span_places __attribute__((ext_vector_type(4)));
INLINE __m256i span_mask_avx2(unsigned there) {
  const __m256i bits = _mm256_set_epi64x(8, 4, 2, 1);
  return _mm256_cmpeq_epi64(_mm256_and_si256(_mm256_set1_epi64x(there), bits), bits);
}
INLINE span span_load(const double *place, unsigned there) { return (span)_mm256_maskload_pd(place, span_mask_avx2(there)); }
INLINE span_places span_load_places(const int64_t *place, unsigned there) {
  return (span_places)_mm256_maskload_epi64((const long long *)place, span_mask_avx2(there));
}
/// Places that are not there are 0.
INLINE span span_gather(const double *table, span_places places, unsigned there) {
  return (span)_mm256_mask_i64gather_pd(
      _mm256_setzero_pd(), table, (__m256i)places, _mm256_castsi256_pd(span_mask_avx2(there)), 8);
}
/// +infinity for those that are not there.
INLINE span span_only(span values, unsigned there) {
  return (span_places)span_mask_avx2(there) ? values : (span)__builtin_inf();
}
INLINE unsigned span_at_most(span values, double bound) {
  return (unsigned)_mm256_movemask_pd(_mm256_cmp_pd((__m256d)values, _mm256_set1_pd(bound), _CMP_LE_OQ));
}
INLINE double span_least(span values) {
  const __m128d two = _mm_min_pd(_mm256_castpd256_pd128((__m256d)values), _mm256_extractf128_pd((__m256d)values, 1));
  return _mm_cvtsd_f64(_mm_min_sd(two, _mm_unpackhi_pd(two, two)));
}
INLINE int64_t span_least_place(span_places places) {
  const int64_t low = places[0] < places[1] ? places[0] : places[1], high = places[2] < places[3] ? places[2] : places[3];
  return low < high ? low : high;
}

#define WIDTH 1
#define NAME(name) JOINED(name, avx2_1)
#include "fused_kernel.h"
#undef WIDTH
#undef NAME
#define WIDTH 4
#define NAME(name) JOINED(name, avx2_4)
#include "fused_kernel.h"
#undef WIDTH
#undef NAME
#define WIDTH 8
#define NAME(name) JOINED(name, avx2_8)
#include "fused_kernel.h"
#undef WIDTH
#undef NAME
#undef line
#undef line_load
#undef line_first
#undef line_put
#undef line_replace
#undef line_store
#undef line_least
#undef SPAN
#undef span
#undef span_places
#undef span_numbers
#undef span_load
#undef span_load_places
#undef span_gather
#undef span_only
#undef span_at_most
#undef span_least
#undef span_least_place

#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,popcnt,bmi"))), apply_to = function)

#define IS_AVX512
typedef __m512d line_avx512;
#define line line_avx512

/// Eight rows of eight become eight columns.
INLINE void transpose_lines(__m512d rows[8]) {
  __m512d pairs[8], fours[8];
  for (int row = 0; row < 8; row += 2) {
    pairs[row] = _mm512_unpacklo_pd(rows[row], rows[row + 1]);
    pairs[row + 1] = _mm512_unpackhi_pd(rows[row], rows[row + 1]);
  }
  for (int four = 0; four < 8; four += 4) {
    for (int odd = 0; odd < 2; odd += 1) {
      fours[four + odd] = _mm512_shuffle_f64x2(pairs[four + odd], pairs[four + 2 + odd], 0x88);
      fours[four + 2 + odd] = _mm512_shuffle_f64x2(pairs[four + odd], pairs[four + 2 + odd], 0xdd);
    }
  }
  for (int column = 0; column < 4; column += 1) {
    rows[column] = _mm512_shuffle_f64x2(fours[column], fours[column + 4], 0x88);
    rows[column + 4] = _mm512_shuffle_f64x2(fours[column], fours[column + 4], 0xdd);
  }
}
#define line_load load_avx512
#define line_first first_avx512
#define line_store store_avx512
#define line_put put_avx512
#define line_replace replace_avx512
#define line_least least_avx512
INLINE line line_load(const double *place) { return _mm512_load_pd(place); }
INLINE void line_store(double *place, line values) { _mm512_store_pd(place, values); }
INLINE unsigned line_first(line values, double value) {
  return (unsigned)__builtin_ctz(_mm512_cmp_pd_mask(values, _mm512_set1_pd(value), _CMP_EQ_OQ));
}
INLINE line line_put(line values, unsigned place, double new) {
  return _mm512_mask_mov_pd(values, (__mmask8)(1u << place), _mm512_set1_pd(new));
}
INLINE line line_replace(line values, double old, double new) {
  const unsigned equal = _mm512_cmp_pd_mask(values, _mm512_set1_pd(old), _CMP_EQ_OQ);
  return _mm512_mask_mov_pd(values, (__mmask8)(equal & -equal), _mm512_set1_pd(new));
}
/// The least values of eight lines: two become one in which each has half as many, three times.
INLINE __m512d least_of_lines(const __m512d *lines) {
  __m512d fours[4], twos[2];
  for (int pair = 0; pair < 4; pair += 1)
    fours[pair] = _mm512_min_pd(
        _mm512_unpacklo_pd(lines[2 * pair], lines[2 * pair + 1]), _mm512_unpackhi_pd(lines[2 * pair], lines[2 * pair + 1]));
  for (int pair = 0; pair < 2; pair += 1)
    twos[pair] = _mm512_min_pd(
        _mm512_shuffle_f64x2(fours[2 * pair], fours[2 * pair + 1], 0x88),
        _mm512_shuffle_f64x2(fours[2 * pair], fours[2 * pair + 1], 0xdd));
  return _mm512_min_pd(_mm512_shuffle_f64x2(twos[0], twos[1], 0x88), _mm512_shuffle_f64x2(twos[0], twos[1], 0xdd));
}
INLINE double line_least(line values) {
  const __m256d four = _mm256_min_pd(_mm512_castpd512_pd256(values), _mm512_extractf64x4_pd(values, 1));
  const __m128d two = _mm_min_pd(_mm256_castpd256_pd128(four), _mm256_extractf128_pd(four, 1));
  return _mm_cvtsd_f64(_mm_min_sd(two, _mm_unpackhi_pd(two, two)));
}

#define SPAN 8
#define span span_avx512
#define span_places span_places_avx512
#define span_numbers (span_places){0, 1, 2, 3, 4, 5, 6, 7}
#define span_load span_load_avx512
#define span_load_places span_load_places_avx512
#define span_gather span_gather_avx512
#define span_only span_only_avx512
#define span_at_most span_at_most_avx512
#define span_least span_least_avx512
#define span_least_place span_least_place_avx512
typedef double span __attribute__((ext_vector_type(8)));
typedef int64_t span_places __attribute__((ext_vector_type(8)));
INLINE span span_load(const double *place, unsigned there) {
  return (span)_mm512_maskz_loadu_pd((__mmask8)there, place);
}
INLINE span_places span_load_places(const int64_t *place, unsigned there) {
  return (span_places)_mm512_maskz_loadu_epi64((__mmask8)there, place);
}
INLINE span span_gather(const double *table, span_places places, unsigned there) {
  return (span)_mm512_mask_i64gather_pd(_mm512_setzero_pd(), (__mmask8)there, (__m512i)places, table, 8);
}
INLINE span span_only(span values, unsigned there) {
  return (span)_mm512_mask_mov_pd(_mm512_set1_pd(__builtin_inf()), (__mmask8)there, (__m512d)values);
}
INLINE unsigned span_at_most(span values, double bound) {
  return _mm512_cmp_pd_mask((__m512d)values, _mm512_set1_pd(bound), _CMP_LE_OQ);
}
INLINE double span_least(span values) { return line_least((__m512d)values); }
INLINE int64_t span_least_place(span_places places) { return _mm512_reduce_min_epi64((__m512i)places); }

#define WIDTH 1
#define NAME(name) JOINED(name, avx512_1)
#include "fused_kernel.h"
#undef WIDTH
#undef NAME
#define WIDTH 4
#define NAME(name) JOINED(name, avx512_4)
#include "fused_kernel.h"
#undef WIDTH
#undef NAME
#define WIDTH 8
#define NAME(name) JOINED(name, avx512_8)
#include "fused_kernel.h"

#pragma clang attribute pop

#else

// Elsewhere only the Swift form is there; nobody calls these.
#define MISSING(name)                                                                                     \
  int name(                                                                                               \
      const clanes_fused_network *network, const clanes_fused_block *block, clanes_fused_group *group,    \
      int64_t end, int is_chosen) {                                                                       \
    __builtin_trap();                                                                                     \
  }
MISSING(clanes_fused_run_avx2_1)
MISSING(clanes_fused_run_avx2_4)
MISSING(clanes_fused_run_avx2_8)
MISSING(clanes_fused_run_avx512_1)
MISSING(clanes_fused_run_avx512_4)
MISSING(clanes_fused_run_avx512_8)

#endif
