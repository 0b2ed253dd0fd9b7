// Chooses the kernels by the processor's features.

#include "CNeural.h"

extern const kws_kernels kws_baseline_kernels;

#if defined(__x86_64__)
extern const kws_kernels kws_avx2_kernels;
extern const kws_kernels kws_avx512_kernels;

const kws_kernels *kws_kernels_at(size_t index) {
  switch (index) {
  case 0:
    return &kws_baseline_kernels;
  case 1:
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &kws_avx2_kernels
                                                                           : NULL;
  case 2:
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                   __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
               ? &kws_avx512_kernels
               : NULL;
  default:
    return NULL;
  }
}
#else
const kws_kernels *kws_kernels_at(size_t index) {
  return index == 0 ? &kws_baseline_kernels : NULL;
}
#endif

#if defined(KWS_OPENBLAS)
kws_kernels kws_with_openblas(const kws_kernels *others);
#endif

kws_kernels kws_best_kernels(void) {
  const kws_kernels *best = kws_kernels_at(0);
  for (size_t index = 1; kws_kernels_at(index); index++) best = kws_kernels_at(index);
#if defined(KWS_OPENBLAS)
  return kws_with_openblas(best);
#else
  return *best;
#endif
}
