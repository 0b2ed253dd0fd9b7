// The kernels, once for each instruction set: the including file defines LANES (floats in a vector),
// ROWS and VECTORS (the block of sums held in registers), KERNELS (the name of the table), and VNNI if
// the processor has a dot product of bytes.
//
// Vectors are the compiler's own, so the same code works on x86-64 and arm64.

#include <stdint.h>
#include <string.h>

#include "CNeural.h"

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

// a * b + c, with one rounding if the processor has such an instruction.
#pragma clang fp contract(fast)

typedef float vector __attribute__((ext_vector_type(LANES)));
typedef int32_t integers __attribute__((ext_vector_type(LANES)));

// The same bits as another type.
INLINE integers as_integers(vector v) {
  integers bits;
  memcpy(&bits, &v, sizeof bits);
  return bits;
}

INLINE vector as_floats(integers bits) {
  vector v;
  memcpy(&v, &bits, sizeof v);
  return v;
}

// A whole vector if count is the constant LANES; else the first `count` numbers and zeros.
INLINE vector load(const float *from, size_t count) {
  vector v = 0.0f;
  memcpy(&v, from, count * sizeof(float));
  return v;
}

INLINE void store(float *to, vector v, size_t count) {
  memcpy(to, &v, count * sizeof(float));
}

#include "product.h"
#include "int8.h"
#include "activation.h"
#include "cell.h"
#include "adam.h"
#include "dropout.h"
#include "row.h"
#include "peak.h"

const kws_kernels KERNELS = {
    .name = KERNELS_NAME,
    .multiply = multiply,
    .multiply_int8 = multiply_int8,
    .round_row = round_row,
    .cell_forward = cell_forward,
    .cell_backward = cell_backward,
    .adam = adam,
    .drop = drop,
    .add_scaled = add_scaled,
    .hyperbolic_tangent = hyperbolic_tangents,
    .logistic = logistics,
    .multiply_adds = multiply_adds,
    .operations_a_round = CHAINS * LANES * 2,
};
