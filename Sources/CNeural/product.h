// The matrix product: blocks of ROWS x VECTORS vectors of sums in registers, over panels of b.

// Depth of one block of sums: its part of a panel stays in the first-level cache.
#define DEPTH_CHUNK 128

// The block of sums at rows row..<row + rows and columns column..<column + vectors * LANES, over k
// from `first` to `end`. The last vector has `last` columns.
INLINE void block(const kws_product *p, size_t row, size_t column, size_t first, size_t end,
                  bool accumulates, size_t rows, size_t vectors, size_t last) {
  const float *a = p->a + row * p->a_row_stride;
  const float *b = p->b + column / KWS_PANEL_COLUMNS * p->b_panel_stride + column % KWS_PANEL_COLUMNS;
  float *c = p->c + row * p->c_row_stride + column;
  const size_t tail = vectors - 1;

  vector sums[ROWS][VECTORS];
  UNROLL for (size_t i = 0; i < rows; i++) {
    UNROLL for (size_t j = 0; j < vectors; j++) {
      const float *from = c + i * p->c_row_stride + j * LANES;
      sums[i][j] = accumulates ? load(from, j == tail ? last : LANES) : (vector)0.0f;
    }
  }
  for (size_t k = first; k < end; k++) {
    vector terms[VECTORS];
    UNROLL for (size_t j = 0; j < vectors; j++) {
      terms[j] = load(b + k * p->b_depth_stride + j * LANES, j == tail ? last : LANES);
    }
    UNROLL for (size_t i = 0; i < rows; i++) {
      const vector factor = a[i * p->a_row_stride + k * p->a_depth_stride];
      UNROLL for (size_t j = 0; j < vectors; j++) sums[i][j] += factor * terms[j];
    }
  }
  UNROLL for (size_t i = 0; i < rows; i++) {
    UNROLL for (size_t j = 0; j < vectors; j++) {
      store(c + i * p->c_row_stride + j * LANES, sums[i][j], j == tail ? last : LANES);
    }
  }
}

// All rows of some columns. The switch turns the number of rows into a constant.
INLINE void block_column(const kws_product *p, size_t column, size_t first, size_t end,
                         bool accumulates, size_t vectors, size_t last) {
  size_t row = 0;
  for (; row + ROWS <= p->rows; row += ROWS) {
    block(p, row, column, first, end, accumulates, ROWS, vectors, last);
  }
  switch (p->rows - row) {
  case 5: block(p, row, column, first, end, accumulates, 5, vectors, last); break;
  case 4: block(p, row, column, first, end, accumulates, 4, vectors, last); break;
  case 3: block(p, row, column, first, end, accumulates, 3, vectors, last); break;
  case 2: block(p, row, column, first, end, accumulates, 2, vectors, last); break;
  case 1: block(p, row, column, first, end, accumulates, 1, vectors, last); break;
  }
}

static void multiply(const kws_product *p) {
  size_t first = 0;
  do {
    const size_t end = first + DEPTH_CHUNK < p->depth ? first + DEPTH_CHUNK : p->depth;
    const bool accumulates = p->accumulates || first > 0;
    size_t column = 0;
    for (; column + VECTORS * LANES <= p->columns; column += VECTORS * LANES) {
      block_column(p, column, first, end, accumulates, VECTORS, LANES);
    }
    for (; column + LANES <= p->columns; column += LANES) {
      block_column(p, column, first, end, accumulates, 1, LANES);
    }
    if (column < p->columns) {
      block_column(p, column, first, end, accumulates, 1, p->columns - column);
    }
    first = end;
  } while (first < p->depth);
}
