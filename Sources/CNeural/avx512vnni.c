// avx512 with a dot product of bytes.

#if defined(__x86_64__)
#include <immintrin.h>

#define LANES 16
#define ROWS 6
#define VECTORS 4
#define VNNI _mm512_dpbusd_epi32
#define REGISTER __m512i
#define KERNELS kws_avx512vnni_kernels
#define KERNELS_NAME "avx512vnni"
#pragma clang attribute push(                                                                  \
    __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx512vnni,fma"))),             \
    apply_to = function)
#include "kernels.h"
#pragma clang attribute pop
#endif
