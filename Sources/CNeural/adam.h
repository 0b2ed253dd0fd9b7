// One step of Adam. Adam.swift has the same formulas as plain Swift; the tests compare the two.

INLINE void adam_chunk(const kws_adam *a, size_t i, size_t count) {
  const vector parameter = load(a->parameters + i, count) * a->shrink;
  const vector gradient = load(a->gradients + i, count) + a->pull * parameter;
  vector mean = load(a->means + i, count);
  vector square = load(a->squares + i, count);
  mean += a->mean_rate * (gradient - mean);
  square += a->square_rate * (gradient * gradient - square);
  const vector root = __builtin_elementwise_sqrt(square) * a->root_scale + a->epsilon;
  store(a->means + i, mean, count);
  store(a->squares + i, square, count);
  store(a->parameters + i, parameter - a->step * mean / root, count);
}

static void adam(const kws_adam *a) {
  size_t i = 0;
  for (; i + LANES <= a->count; i += LANES) adam_chunk(a, i, LANES);
  if (i < a->count) adam_chunk(a, i, a->count - i);
}
