// x86-64-v3: 16 registers of 8 floats, multiply-add.

#if defined(__x86_64__)
#include <immintrin.h>

#define LANES 8
#define ROWS 6
#define VECTORS 2
#define MADD _mm256_madd_epi16
#define REGISTER __m256i
#define KERNELS kws_avx2_kernels
#define KERNELS_NAME "avx2"
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "kernels.h"
#pragma clang attribute pop
#endif
