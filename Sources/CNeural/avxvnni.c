// avx2 with a dot product of bytes.

#if defined(__x86_64__)
#include <immintrin.h>

#define LANES 8
#define ROWS 6
#define VECTORS 2
#define VNNI _mm256_dpbusd_avx_epi32
#define REGISTER __m256i
#define KERNELS kws_avxvnni_kernels
#define KERNELS_NAME "avxvnni"
#pragma clang attribute push(__attribute__((target("avx2,fma,avxvnni"))), apply_to = function)
#include "kernels.h"
#pragma clang attribute pop
#endif
