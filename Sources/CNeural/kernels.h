// The kernels, once for each instruction set: the including file defines LANES (floats in a vector),
// ROWS and VECTORS (the block of sums held in registers), and KERNELS (the name of the table).
//
// Vectors are those of the compiler, so the same text serves x86-64 and arm64.

#include <stdint.h>
#include <string.h>

#include "CNeural.h"

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

// a * b + c in one rounding where the processor has it.
#pragma clang fp contract(fast)

typedef float vector __attribute__((vector_size(LANES * sizeof(float))));
typedef int32_t integers __attribute__((vector_size(LANES * sizeof(float))));

// A whole vector if count is LANES, which the compiler sees; else the first `count` and zeros.
INLINE vector load(const float *from, size_t count) {
  vector v = {0};
  memcpy(&v, from, count * sizeof(float));
  return v;
}

INLINE void store(float *to, vector v, size_t count) {
  memcpy(to, &v, count * sizeof(float));
}

#include "product.h"
#include "activation.h"
#include "cell.h"

const kws_kernels KERNELS = {
    .name = KERNELS_NAME,
    .multiply = multiply,
    .cell_forward = cell_forward,
    .cell_backward = cell_backward,
    .hyperbolic_tangent = hyperbolic_tangents,
    .logistic = logistics,
};
