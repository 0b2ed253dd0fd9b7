// tanh and the logistic function, by way of exp(x) - 1. The error of both is below 4e-7 relative to
// the result (see ActivationTests); infinities have their limits, and NaN stays NaN.

// Lane by lane, `yes` where the comparison holds. A comparison with NaN does not.
INLINE vector choose(integers holds, vector yes, vector no) {
  return (vector)((holds & (integers)yes) | (~holds & (integers)no));
}

// exp(x) - 1 for x within +-87; values beyond count as that, NaN stays NaN.
//
// x = n ln 2 + r with |r| <= ln 2 / 2, and exp(x) - 1 = 2^n (exp(r) - 1) + (2^n - 1). exp(r) - 1 is
// its Taylor sum to r^8 / 8!, of which the next term is below 2e-10. Small x keep all their digits,
// as n is 0 for them.
INLINE vector exponential_minus_one(vector x) {
  const float limit = 87.0f;
  x = choose(x > limit, (vector){0} + limit, x);
  x = choose(x < -limit, (vector){0} - limit, x);

  // Adding 1.5 * 2^23 rounds to a whole number, which then stands in the lowest bits.
  const float rounder = 12582912.0f;
  const vector shifted = x * 1.44269504088896341f + rounder;
  const vector n = shifted - rounder;
  // ln 2 in two parts, the first with so few digits that n times it is exact.
  const vector r = (x - n * 0.693145751953125f) - n * 1.42860682030941723e-6f;
  const vector power = (vector)(((integers)shifted << 23) + (127 << 23));

  vector sum = r * (1.0f / 40320) + 1.0f / 5040;
  sum = sum * r + 1.0f / 720;
  sum = sum * r + 1.0f / 120;
  sum = sum * r + 1.0f / 24;
  sum = sum * r + 1.0f / 6;
  sum = sum * r + 0.5f;
  sum = sum * r * r + r;
  return power * sum + (power - 1);
}

// tanh(x) = (exp(2x) - 1) / (exp(2x) + 1)
INLINE vector hyperbolic_tangent(vector x) {
  const vector e = exponential_minus_one(x + x);
  return e / (e + 2);
}

// 1 / (1 + exp(-x))
INLINE vector logistic(vector x) {
  return 1 / (exponential_minus_one(-x) + 2);
}

static void hyperbolic_tangents(const float *x, float *y, size_t count) {
  for (size_t i = 0; i < count; i += LANES) {
    const size_t n = count - i < LANES ? count - i : LANES;
    store(y + i, hyperbolic_tangent(load(x + i, n)), n);
  }
}

static void logistics(const float *x, float *y, size_t count) {
  for (size_t i = 0; i < count; i += LANES) {
    const size_t n = count - i < LANES ? count - i : LANES;
    store(y + i, logistic(load(x + i, n)), n);
  }
}
