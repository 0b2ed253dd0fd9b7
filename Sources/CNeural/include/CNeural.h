// The operations that take nearly all of the network's time: matrix products and the LSTM cell, for
// float. They are in C because the compiler turns it into wide vector code without intrinsics.
//
// Compiled for several instruction sets; the best one for the processor is used. All matrices are
// row-major. No function allocates, locks or keeps state.

#ifndef CNEURAL_H
#define CNEURAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Columns of a panel: weights are stored in panels of this many columns, each panel contiguous.
#define KWS_PANEL_COLUMNS 64

// c (rows, columns) = a b, or += a b, summed over `depth`.
//
// Element (row, k) of a is a[row * a_row_stride + k * a_depth_stride], so a may be a transpose.
// Element (k, column) of b is b[column / 64 * b_panel_stride + k * b_depth_stride + column % 64]:
// panels if the depth stride is 64 and the panel stride is depth * 64, a plain matrix if the depth
// stride is its row length and the panel stride is 64.
//
// Every element is one chain of multiply-adds from k = 0 up, for any shape, so a row's result does
// not depend on the other rows.
typedef struct {
  size_t rows, columns, depth;
  const float *a;
  size_t a_row_stride, a_depth_stride;
  const float *b;
  size_t b_depth_stride, b_panel_stride;
  float *c;
  size_t c_row_stride;
  bool accumulates;
} kws_product;

// c (rows, columns) = a b, or += a b, of whole numbers of 8 bits times scales.
//
// a has a scale for each row; number k of a row, plus 128, is a[row * a_row_stride + k], and a row has
// whole groups of 4. b has a scale for each column and is in panels of 64 columns, each (groups, 64,
// 4), with zeros in the last group; b_scales and b_sums, the sums over depth, fill whole panels too.
typedef struct {
  size_t rows, columns, depth;
  const uint8_t *a;
  size_t a_row_stride;
  const float *a_scales;
  const int8_t *b;
  const float *b_scales;
  const int32_t *b_sums;
  float *c;
  size_t c_row_stride;
  bool accumulates;
} kws_int8_product;

// A row whose numbers are all as small as this is rounded to zeros.
#define KWS_INT8_SMALLEST 1e-30f

// One time step of the LSTM cell for `rows` sequences of `units` hidden units.
//
// Gates are input, forget, candidate, output, `units` numbers each. previous_cell may be cell.
typedef struct {
  size_t rows, units;
  float *gates;
  size_t gates_stride;
  const float *previous_cell;
  size_t previous_cell_stride;
  float *cell;
  size_t cell_stride;
  float *cell_activation;
  size_t cell_activation_stride;
  float *hidden;
  size_t hidden_stride;
} kws_cell_step;

// One step of Adam over `count` parameters; Adam.swift explains the numbers.
typedef struct {
  size_t count;
  float *parameters;
  const float *gradients;
  float *means, *squares;
  float mean_rate, square_rate, step, root_scale, epsilon, shrink, pull;
} kws_adam;

// The functions for one instruction set.
typedef struct {
  const char *name;
  void (*multiply)(const kws_product *product);
  // The same to the last bit for all instruction sets, as round_row is.
  void (*multiply_int8)(const kws_int8_product *product);
  // Rounds x to whole numbers of -127 to 127 times a scale, which it returns; q is each plus 128.
  float (*round_row)(const float *x, uint8_t *q, size_t count);
  // Turns the sums in gates and the bias (4 * units) into activations, cell and hidden state.
  void (*cell_forward)(const kws_cell_step *step, const float *bias);
  // Turns dL/dhidden and the carried dL/dcell into dL/d(sums), which replaces the gates. Adds its
  // sum over the rows to bias_gradient (4 * units); cell_gradient becomes that of the frame before.
  void (*cell_backward)(const kws_cell_step *step, const float *hidden_gradient,
                        size_t hidden_gradient_stride, float *cell_gradient,
                        size_t cell_gradient_stride, float *bias_gradient);
  void (*adam)(const kws_adam *adam);
  // Dropout in place: number i of `count` becomes zero or is multiplied by scale, depending on 16
  // of the 64 random bits made from `place` and i / 4.
  void (*drop)(float *numbers, size_t count, uint64_t place, uint32_t threshold, float scale);
  // y += scale * x.
  void (*add_scaled)(const float *x, float scale, float *y, size_t count);
  // Element by element; may be in place.
  void (*hyperbolic_tangent)(const float *x, float *y, size_t count);
  void (*logistic)(const float *x, float *y, size_t count);
  // Multiply-adds in registers, to measure the processor's peak rate; the result has no meaning.
  float (*multiply_adds)(size_t rounds);
  // Floating-point operations in one round of multiply_adds.
  size_t operations_a_round;
} kws_kernels;

// The kernels for instruction set `index` of those that the processor has, slowest first; NULL past
// the last.
const kws_kernels *kws_kernels_at(size_t index);

// The fastest kernels for this processor; with OpenBLAS's product if built with it.
kws_kernels kws_best_kernels(void);

#endif
