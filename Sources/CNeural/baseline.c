// The instructions of every processor of the architecture: SSE2 on x86-64, NEON on arm64.

#define LANES 4
#define ROWS 6
#if defined(__x86_64__)
#include <immintrin.h>

#define VECTORS 2
#define MADD _mm_madd_epi16
#define REGISTER __m128i
#else
#define VECTORS 4
#endif
#define KERNELS kws_baseline_kernels
#define KERNELS_NAME "baseline"
#include "kernels.h"
