#include "CLanesFused.h"

// Several lanes may not be fused where one is not: results must not depend on the processor.
#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)

#include <immintrin.h>

// Vectors wider than the unit only pass between inlined functions, which have no ABI.
#pragma clang diagnostic ignored "-Wpsabi"

#define INLINE static inline __attribute__((always_inline))
#define JOIN(a, b) a##_##b
#define JOINED(a, b) JOIN(a, b)

#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)

// A line of eight in two halves.
typedef struct {
  __m256d low, high;
} line_avx2;
#define line line_avx2
#define line_load load_avx2
#define line_equal equal_avx2
#define line_put put_avx2
#define line_least least_avx2
INLINE line line_load(const double *place) { return (line){_mm256_load_pd(place), _mm256_load_pd(place + 4)}; }
INLINE unsigned line_equal(line values, double value) {
  const __m256d all = _mm256_set1_pd(value);
  return (unsigned)_mm256_movemask_pd(_mm256_cmp_pd(values.low, all, _CMP_EQ_OQ)) |
         (unsigned)_mm256_movemask_pd(_mm256_cmp_pd(values.high, all, _CMP_EQ_OQ)) << 4;
}
INLINE line line_put(line values, unsigned place, double value) {
  const __m256i places = _mm256_set_epi64x(3, 2, 1, 0), more = _mm256_set_epi64x(7, 6, 5, 4);
  const __m256i here = _mm256_set1_epi64x(place);
  const __m256d all = _mm256_set1_pd(value);
  return (line){_mm256_blendv_pd(values.low, all, _mm256_castsi256_pd(_mm256_cmpeq_epi64(places, here))),
                _mm256_blendv_pd(values.high, all, _mm256_castsi256_pd(_mm256_cmpeq_epi64(more, here)))};
}
INLINE double line_least(line values) {
  const __m256d four = _mm256_min_pd(values.low, values.high);
  const __m128d two = _mm_min_pd(_mm256_castpd256_pd128(four), _mm256_extractf128_pd(four, 1));
  return _mm_cvtsd_f64(_mm_min_sd(two, _mm_unpackhi_pd(two, two)));
}

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
#undef line_equal
#undef line_put
#undef line_least

#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl"))), apply_to = function)

typedef __m512d line_avx512;
#define IS_AVX512
#define line line_avx512
#define line_load load_avx512
#define line_equal equal_avx512
#define line_put put_avx512
#define line_least least_avx512
INLINE line line_load(const double *place) { return _mm512_load_pd(place); }
INLINE unsigned line_equal(line values, double value) {
  return _mm512_cmp_pd_mask(values, _mm512_set1_pd(value), _CMP_EQ_OQ);
}
INLINE line line_put(line values, unsigned place, double value) {
  return _mm512_mask_mov_pd(values, (__mmask8)(1u << place), _mm512_set1_pd(value));
}
INLINE double line_least(line values) {
  const __m256d four = _mm256_min_pd(_mm512_castpd512_pd256(values), _mm512_extractf64x4_pd(values, 1));
  const __m128d two = _mm_min_pd(_mm256_castpd256_pd128(four), _mm256_extractf128_pd(four, 1));
  return _mm_cvtsd_f64(_mm_min_sd(two, _mm_unpackhi_pd(two, two)));
}

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
MISSING(clanes_fused_run_avx2_4)
MISSING(clanes_fused_run_avx2_8)
MISSING(clanes_fused_run_avx512_4)
MISSING(clanes_fused_run_avx512_8)

#endif
