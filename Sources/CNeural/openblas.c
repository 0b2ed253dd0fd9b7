// The matrix product by OpenBLAS, if the package is built with KWS_BLAS=openblas, to compare with.
// It is not the default because it is not faster at these sizes.

#if defined(KWS_OPENBLAS)
#include <cblas.h>

#include "CNeural.h"

static void multiply_columns(const kws_product *p, size_t column, size_t columns) {
  const int is_transpose = p->a_row_stride == 1 && p->a_depth_stride != 1;
  const size_t a_stride = is_transpose ? p->a_depth_stride : p->a_row_stride;
  const float *b = p->b + column / KWS_PANEL_COLUMNS * p->b_panel_stride;
  cblas_sgemm(CblasRowMajor, is_transpose ? CblasTrans : CblasNoTrans, CblasNoTrans, (int)p->rows,
              (int)columns, (int)p->depth, 1, p->a, (int)a_stride, b, (int)p->b_depth_stride,
              p->accumulates ? 1 : 0, p->c + column, (int)p->c_row_stride);
}

static void multiply(const kws_product *p) {
  if (p->b_panel_stride == KWS_PANEL_COLUMNS) {
    multiply_columns(p, 0, p->columns);
    return;
  }
  for (size_t column = 0; column < p->columns; column += KWS_PANEL_COLUMNS) {
    const size_t rest = p->columns - column;
    multiply_columns(p, column, rest < KWS_PANEL_COLUMNS ? rest : KWS_PANEL_COLUMNS);
  }
}

kws_kernels kws_with_openblas(const kws_kernels *others) {
  // The caller already runs shards on several threads.
  openblas_set_num_threads(1);
  kws_kernels kernels = *others;
  kernels.name = "openblas";
  kernels.multiply = multiply;
  return kernels;
}
#endif
