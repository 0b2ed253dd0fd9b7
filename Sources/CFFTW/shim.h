#include <fftw3.h>

// Swift imports no array without a length.
static inline const char *kws_fftw_version(void) { return fftwf_version; }
