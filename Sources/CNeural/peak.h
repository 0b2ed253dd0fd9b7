// Multiply-adds in registers only: the processor's peak rate. Twelve chains hide the latency of
// four cycles on two units.
#define CHAINS 12

static float multiply_adds(size_t rounds) {
  vector sums[CHAINS];
  UNROLL for (size_t i = 0; i < CHAINS; i++) sums[i] = (float)i;
  // The compiler does not know the values, and the sums stay finite.
  volatile float unknown = 0.5f;
  const vector factor = unknown;
  for (size_t round = 0; round < rounds; round++) {
    UNROLL for (size_t i = 0; i < CHAINS; i++) sums[i] = sums[i] * factor + factor;
  }
  float total = 0;
  UNROLL for (size_t i = 0; i < CHAINS; i++) total += sums[i][0];
  return total;
}
