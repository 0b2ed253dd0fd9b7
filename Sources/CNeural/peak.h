// Multiply-adds on registers and nothing else: what the processor does at most. Twelve chains hide
// the latency of four cycles on two units.
#define CHAINS 12

static float multiply_adds(size_t rounds) {
  vector sums[CHAINS];
  UNROLL for (size_t i = 0; i < CHAINS; i++) sums[i] = (float)i;
  // Unknown to the compiler, and the sums stay finite.
  volatile float unknown = 0.5f;
  const vector factor = unknown;
  for (size_t round = 0; round < rounds; round++) {
    UNROLL for (size_t i = 0; i < CHAINS; i++) sums[i] = sums[i] * factor + factor;
  }
  float total = 0;
  UNROLL for (size_t i = 0; i < CHAINS; i++) total += sums[i][0];
  return total;
}
