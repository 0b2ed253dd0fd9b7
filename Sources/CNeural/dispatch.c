// Chooses the kernels by the processor's features.

#include "CNeural.h"

extern const kws_kernels kws_baseline_kernels;

#if defined(__x86_64__)
extern const kws_kernels kws_avx2_kernels, kws_avxvnni_kernels;
extern const kws_kernels kws_avx512_kernels, kws_avx512vnni_kernels;

const kws_kernels *kws_kernels_at(size_t index) {
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
  const kws_kernels *const all[] = {
      &kws_baseline_kernels,
      avx2 ? &kws_avx2_kernels : NULL,
      avx2 && __builtin_cpu_supports("avxvnni") ? &kws_avxvnni_kernels : NULL,
      avx512 ? &kws_avx512_kernels : NULL,
      avx512 && __builtin_cpu_supports("avx512vnni") ? &kws_avx512vnni_kernels : NULL,
  };
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    if (all[i] && index-- == 0) return all[i];
  }
  return NULL;
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
