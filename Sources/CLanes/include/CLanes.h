#ifndef CLANES_H
#define CLANES_H

#include <stddef.h>

#include "CLanesFused.h"

// The loops of module Lanes for processors with wide vectors; what they compute is said there, by the Swift form that is
// their reference. Multiplications and additions are rounded one by one, so that every form gives the same bits.

/// Whether this processor, and the system, know an extension.
int clanes_has_avx2(void);
int clanes_has_avx512(void);

/// By value of the eight: the smallest sum, the next, and the run in which the smallest lies, -1 without one.
typedef struct {
  double smallest[8];
  double second[8];
  double run[8];
} clanes_minima;

/// sums[i] += factors * values[i] for each eight i < count; `squares` becomes the largest of each value's squares.
void clanes_accumulate_avx2(double *sums, const double *values, const double *factors, double *squares, ptrdiff_t count);
void clanes_accumulate_avx512(double *sums, const double *values, const double *factors, double *squares, ptrdiff_t count);

/// The minima of scores[i] + shared[r] over the runs r < runs of eights i, where run r ends before ends[r].
void clanes_find_minima_avx2(
    const double *scores, const double *shared, const ptrdiff_t *ends, ptrdiff_t runs, clanes_minima *minima);
void clanes_find_minima_avx512(
    const double *scores, const double *shared, const ptrdiff_t *ends, ptrdiff_t runs, clanes_minima *minima);

#endif
