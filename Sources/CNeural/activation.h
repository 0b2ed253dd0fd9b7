// tanh and the logistic function, computed from 2^t - 1. tanh has a relative error of at most
// 2.5e-7, the logistic function an absolute error of 1.2e-7 and a relative one of 5e-6 (see
// ActivationTests). Infinities give the limits, and NaN stays NaN.

// 2^(x * scale) - 1. Exponents are limited to +-126; NaN stays NaN.
//
// An exponent t is n + f with n whole and f within +-1/2, and 2^t - 1 = 2^n (2^f - 1) + (2^n - 1).
// 2^f - 1 is f times a polynomial, with an error of 1.3e-8 (Fixtures/make/exponential.py). Small x
// lose no digits, because n is 0 for them.
INLINE vector power_minus_one(vector x, float scale) {
  vector t = x * scale;
  t = t > 126.0f ? (vector)126.0f : t;
  t = t < -126.0f ? (vector)-126.0f : t;

  // Adding 1.5 * 2^23 rounds to a whole number, which is then in the lowest bits.
  const float rounder = 12582912.0f;
  const vector shifted = t + rounder;
  const vector n = shifted - rounder;
  const vector f = t - n;
  const vector power = as_floats((as_integers(shifted) << 23) + (127 << 23));

  vector sum = f * 1.54614475e-4f + 1.33908674e-3f;
  sum = sum * f + 9.61805667e-3f;
  sum = sum * f + 5.5503571e-2f;
  sum = sum * f + 0.240226509f;
  sum = sum * f + 0.693147188f;
  return power * (sum * f) + (power - 1.0f);
}

#define LOG2_E 1.44269504f

// tanh(x) = (exp(2x) - 1) / (exp(2x) + 1)
INLINE vector hyperbolic_tangent(vector x) {
  const vector e = power_minus_one(x, 2 * LOG2_E);
  return e / (e + 2.0f);
}

// 1 / (1 + exp(-x))
INLINE vector logistic(vector x) {
  return 1.0f / (power_minus_one(x, -LOG2_E) + 2.0f);
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
