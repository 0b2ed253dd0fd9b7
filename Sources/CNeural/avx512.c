// x86-64-v4: 32 registers of 16 floats, multiply-add.

#if defined(__x86_64__)
#include <immintrin.h>

#define LANES 16
#define ROWS 6
#define VECTORS 4
#define MADD _mm512_madd_epi16
#define REGISTER __m512i
#define KERNELS kws_avx512_kernels
#define KERNELS_NAME "avx512"
#pragma clang attribute push(                                                                  \
    __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,fma"))), apply_to = function)
#include "kernels.h"
#pragma clang attribute pop
#endif
