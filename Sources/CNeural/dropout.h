// Dropout of one frame of one sequence. PlainKernels.swift has the same as plain Swift; the tests
// compare the two.

typedef uint64_t words __attribute__((ext_vector_type(LANES / 2)));

// The finaliser of SplitMix64, as in SeededGenerator.swift.
INLINE words mixed(words z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

// `count` numbers; each random word has 16 bits for each of four numbers.
INLINE void drop_chunk(float *numbers, size_t count, words bits, uint32_t threshold, float scale) {
  uint16_t draws[2 * LANES];
  memcpy(draws, &bits, sizeof draws);
  for (size_t i = 0; i < count; i++) numbers[i] *= draws[i] < threshold ? 0.0f : scale;
}

static void drop(float *numbers, size_t count, uint64_t place, uint32_t threshold, float scale) {
  const uint64_t increment = 0x9E3779B97F4A7C15;
  words units;
  UNROLL for (size_t i = 0; i < LANES / 2; i++) units[i] = 4 * i * increment;
  for (size_t first = 0; first < count; first += 2 * LANES) {
    const words bits = mixed(units + (place + first * increment));
    if (count - first >= 2 * LANES) {
      drop_chunk(numbers + first, 2 * LANES, bits, threshold, scale);
    } else {
      drop_chunk(numbers + first, count - first, bits, threshold, scale);
    }
  }
}
