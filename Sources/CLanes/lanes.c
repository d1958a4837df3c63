#include "CLanes.h"

#include <math.h>

// Several lanes may not be fused where one is not: results must not depend on the processor.
#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)

#include <immintrin.h>

// All that is compiled for: some processors know a part of it.
int clanes_has_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi");
}
int clanes_has_avx512(void) {
  return clanes_has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl");
}

__attribute__((target("avx2"))) void clanes_accumulate_avx2(
    double *sums, const double *values, const double *factors, double *squares, ptrdiff_t count) {
  const __m256d factor0 = _mm256_loadu_pd(factors), factor1 = _mm256_loadu_pd(factors + 4);
  __m256d largest0 = _mm256_setzero_pd(), largest1 = _mm256_setzero_pd();
  for (ptrdiff_t i = 0; i < 8 * count; i += 8) {
    const __m256d value0 = _mm256_loadu_pd(values + i), value1 = _mm256_loadu_pd(values + i + 4);
    const __m256d term0 = _mm256_mul_pd(factor0, value0), term1 = _mm256_mul_pd(factor1, value1);
    _mm256_storeu_pd(sums + i, _mm256_add_pd(_mm256_loadu_pd(sums + i), term0));
    _mm256_storeu_pd(sums + i + 4, _mm256_add_pd(_mm256_loadu_pd(sums + i + 4), term1));
    // max(a, b) is a > b ? a : b: what is not a number is passed over.
    largest0 = _mm256_max_pd(_mm256_mul_pd(value0, value0), largest0);
    largest1 = _mm256_max_pd(_mm256_mul_pd(value1, value1), largest1);
  }
  _mm256_storeu_pd(squares, largest0);
  _mm256_storeu_pd(squares + 4, largest1);
}

__attribute__((target("avx512f"))) void clanes_accumulate_avx512(
    double *sums, const double *values, const double *factors, double *squares, ptrdiff_t count) {
  const __m512d factor = _mm512_loadu_pd(factors);
  __m512d largest = _mm512_setzero_pd();
  for (ptrdiff_t i = 0; i < 8 * count; i += 8) {
    const __m512d value = _mm512_loadu_pd(values + i);
    _mm512_storeu_pd(sums + i, _mm512_add_pd(_mm512_loadu_pd(sums + i), _mm512_mul_pd(factor, value)));
    largest = _mm512_max_pd(_mm512_mul_pd(value, value), largest);
  }
  _mm512_storeu_pd(squares, largest);
}

/// Four of the eight values.
__attribute__((target("avx2"))) static void find_minima_of_four(
    const double *scores, const double *shared, const ptrdiff_t *ends, ptrdiff_t runs, clanes_minima *minima,
    ptrdiff_t lane) {
  const __m256d infinity = _mm256_set1_pd(INFINITY);
  __m256d smallest = infinity, second = infinity, place = _mm256_set1_pd(-1);
  ptrdiff_t i = 0;
  for (ptrdiff_t run = 0; run < runs; run += 1) {
    const __m256d common = _mm256_loadu_pd(shared + 8 * run + lane);
    __m256d lowest = infinity, next = infinity;
    for (; i < ends[run]; i += 1) {
      const __m256d score = _mm256_add_pd(_mm256_loadu_pd(scores + 8 * i + lane), common);
      // The larger of the two, the score where it is not a number; see above.
      next = _mm256_min_pd(_mm256_max_pd(lowest, score), next);
      lowest = _mm256_min_pd(score, lowest);
    }
    const __m256d is_better = _mm256_cmp_pd(lowest, smallest, _CMP_LT_OQ);
    second = _mm256_min_pd(_mm256_max_pd(smallest, lowest), second);
    second = _mm256_min_pd(next, second);
    smallest = _mm256_min_pd(lowest, smallest);
    place = _mm256_blendv_pd(place, _mm256_set1_pd((double)run), is_better);
  }
  _mm256_storeu_pd(minima->smallest + lane, smallest);
  _mm256_storeu_pd(minima->second + lane, second);
  _mm256_storeu_pd(minima->run + lane, place);
}

__attribute__((target("avx2"))) void clanes_find_minima_avx2(
    const double *scores, const double *shared, const ptrdiff_t *ends, ptrdiff_t runs, clanes_minima *minima) {
  find_minima_of_four(scores, shared, ends, runs, minima, 0);
  find_minima_of_four(scores, shared, ends, runs, minima, 4);
}

__attribute__((target("avx512f"))) void clanes_find_minima_avx512(
    const double *scores, const double *shared, const ptrdiff_t *ends, ptrdiff_t runs, clanes_minima *minima) {
  const __m512d infinity = _mm512_set1_pd(INFINITY);
  __m512d smallest = infinity, second = infinity, place = _mm512_set1_pd(-1);
  ptrdiff_t i = 0;
  for (ptrdiff_t run = 0; run < runs; run += 1) {
    const __m512d common = _mm512_loadu_pd(shared + 8 * run);
    __m512d lowest = infinity, next = infinity;
    for (; i < ends[run]; i += 1) {
      const __m512d score = _mm512_add_pd(_mm512_loadu_pd(scores + 8 * i), common);
      next = _mm512_min_pd(_mm512_max_pd(lowest, score), next);
      lowest = _mm512_min_pd(score, lowest);
    }
    const __mmask8 is_better = _mm512_cmp_pd_mask(lowest, smallest, _CMP_LT_OQ);
    second = _mm512_min_pd(_mm512_max_pd(smallest, lowest), second);
    second = _mm512_min_pd(next, second);
    smallest = _mm512_min_pd(lowest, smallest);
    place = _mm512_mask_blend_pd(is_better, place, _mm512_set1_pd((double)run));
  }
  _mm512_storeu_pd(minima->smallest, smallest);
  _mm512_storeu_pd(minima->second, second);
  _mm512_storeu_pd(minima->run, place);
}

#else

// Elsewhere only the Swift form is there; nobody calls these.

int clanes_has_avx2(void) { return 0; }
int clanes_has_avx512(void) { return 0; }
void clanes_accumulate_avx2(double *sums, const double *values, const double *factors, double *squares, ptrdiff_t count) {
  __builtin_trap();
}
void clanes_accumulate_avx512(
    double *sums, const double *values, const double *factors, double *squares, ptrdiff_t count) {
  __builtin_trap();
}
void clanes_find_minima_avx2(
    const double *scores, const double *shared, const ptrdiff_t *ends, ptrdiff_t runs, clanes_minima *minima) {
  __builtin_trap();
}
void clanes_find_minima_avx512(
    const double *scores, const double *shared, const ptrdiff_t *ends, ptrdiff_t runs, clanes_minima *minima) {
  __builtin_trap();
}

#endif
