// y += scale * x.

static void add_scaled(const float *x, float scale, float *y, size_t count) {
  size_t i = 0;
  for (; i + LANES <= count; i += LANES) {
    store(y + i, load(y + i, LANES) + scale * load(x + i, LANES), LANES);
  }
  if (i < count) store(y + i, load(y + i, count - i) + scale * load(x + i, count - i), count - i);
}
