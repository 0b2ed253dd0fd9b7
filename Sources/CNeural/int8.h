// Products of whole numbers of 8 bits, with a scale for each row of a and each column of b.
// PlainKernels.swift has the same as plain Swift; the tests compare the two. Whole numbers are summed
// exactly, and no product is added before it is rounded, so every instruction set gives the same bits.

#pragma clang fp contract(off)

// The numbers of a and b that a lane multiplies at once.
#define GROUP 4

// Adds the four products of each lane: bytes of a without a sign times bytes of b with one.
#if defined(VNNI)
INLINE integers dot(integers sums, integers a, integers b) {
  return (integers)VNNI((REGISTER)sums, (REGISTER)a, (REGISTER)b);
}
#else
typedef int16_t shorts __attribute__((ext_vector_type(2 * LANES)));

// Adds the products of each lane's two halves.
INLINE integers add_pairs(integers sums, shorts a, shorts b) {
#if defined(MADD)
  return sums + (integers)MADD((REGISTER)a, (REGISTER)b);
#else
  return sums +
         __builtin_convertvector(a.even, integers) * __builtin_convertvector(b.even, integers) +
         __builtin_convertvector(a.odd, integers) * __builtin_convertvector(b.odd, integers);
#endif
}

// The low bytes of the halves, then the high ones.
INLINE integers dot(integers sums, integers a, integers b) {
  const shorts x = (shorts)a, y = (shorts)b;
  sums = add_pairs(sums, x & 0xFF, (y << 8) >> 8);
  return add_pairs(sums, (x >> 8) & 0xFF, y >> 8);
}
#endif

// The block at rows row..<row + rows and the columns of VECTORS vectors from `column`.
INLINE void int8_block(const kws_int8_product *p, size_t row, size_t column, size_t rows) {
  const size_t groups = (p->depth + GROUP - 1) / GROUP;
  const uint8_t *a = p->a + row * p->a_row_stride;
  const int8_t *b = p->b + GROUP * (column / KWS_PANEL_COLUMNS * groups * KWS_PANEL_COLUMNS +
                                    column % KWS_PANEL_COLUMNS);
  integers sums[ROWS][VECTORS];
  UNROLL for (size_t j = 0; j < VECTORS; j++) {
    integers b_sums;
    memcpy(&b_sums, p->b_sums + column + j * LANES, sizeof b_sums);
    // a holds its numbers plus 128.
    UNROLL for (size_t i = 0; i < rows; i++) sums[i][j] = -128 * b_sums;
  }
  for (size_t group = 0; group < groups; group++) {
    integers terms[VECTORS];
    memcpy(terms, b + group * KWS_PANEL_COLUMNS * GROUP, sizeof terms);
    UNROLL for (size_t i = 0; i < rows; i++) {
      int32_t factor;
      memcpy(&factor, a + i * p->a_row_stride + group * GROUP, sizeof factor);
      const integers factors = factor;
      UNROLL for (size_t j = 0; j < VECTORS; j++) sums[i][j] = dot(sums[i][j], factors, terms[j]);
    }
  }
  UNROLL for (size_t j = 0; j < VECTORS; j++) {
    const size_t first = column + j * LANES;
    if (first >= p->columns) return;
    const size_t count = p->columns - first < LANES ? p->columns - first : LANES;
    const vector b_scales = load(p->b_scales + first, LANES);
    UNROLL for (size_t i = 0; i < rows; i++) {
      float *c = p->c + (row + i) * p->c_row_stride + first;
      const vector scales = p->a_scales[row + i] * b_scales;
      const vector product = __builtin_convertvector(sums[i][j], vector) * scales;
      if (count == LANES) {
        store(c, p->accumulates ? load(c, LANES) + product : product, LANES);
      } else {
        store(c, p->accumulates ? load(c, count) + product : product, count);
      }
    }
  }
}

static void multiply_int8(const kws_int8_product *p) {
  for (size_t column = 0; column < p->columns; column += VECTORS * LANES) {
    size_t row = 0;
    for (; row + ROWS <= p->rows; row += ROWS) int8_block(p, row, column, ROWS);
    switch (p->rows - row) {
    case 5: int8_block(p, row, column, 5); break;
    case 4: int8_block(p, row, column, 4); break;
    case 3: int8_block(p, row, column, 3); break;
    case 2: int8_block(p, row, column, 2); break;
    case 1: int8_block(p, row, column, 1); break;
    }
  }
}

INLINE vector larger(vector a, vector b) {
  return __builtin_elementwise_max(a, __builtin_elementwise_abs(b));
}

INLINE void round_chunk(const float *x, float steps, uint8_t *q, size_t count) {
  // Adding 1.5 * 2^23 rounds to a whole number, which is then in the lowest bits.
  const vector shifted = load(x, count) * steps + (12582912.0f + 128);
  typedef uint8_t bytes __attribute__((ext_vector_type(LANES)));
  const bytes rounded = __builtin_convertvector(as_integers(shifted), bytes);
  memcpy(q, &rounded, count);
}

static float round_row(const float *x, uint8_t *q, size_t count) {
  const size_t whole = count / LANES * LANES;
  vector largest = 0.0f;
  for (size_t i = 0; i < whole; i += LANES) largest = larger(largest, load(x + i, LANES));
  if (whole < count) largest = larger(largest, load(x + whole, count - whole));
  const float magnitude = __builtin_reduce_max(largest);

  // Smaller numbers would have more steps than a float can say; they count as zeros.
  const bool is_zero = !(magnitude > KWS_INT8_SMALLEST);
  const float steps = is_zero ? 0.0f : 127.0f / magnitude;
  for (size_t i = 0; i < whole; i += LANES) round_chunk(x + i, steps, q + i, LANES);
  if (whole < count) round_chunk(x + whole, steps, q + whole, count - whole);
  return is_zero ? 0.0f : magnitude / 127.0f;
}

#pragma clang fp contract(fast)
