// The instructions of every processor of the architecture: SSE2 on x86-64, NEON on arm64.

#define LANES 4
#define ROWS 6
#if defined(__aarch64__)
#define VECTORS 4
#else
#define VECTORS 2
#endif
#define KERNELS kws_baseline_kernels
#define KERNELS_NAME "baseline"
#include "kernels.h"
