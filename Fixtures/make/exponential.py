"""Prints the coefficients in Sources/CNeural/activation.h and their error.

    pip install numpy==2.4.6
    python Fixtures/make/exponential.py

(2^f - 1) / f for f within +-1/2, as a polynomial through the values at many Chebyshev points, fitted in Chebyshev
polynomials: within a few per cent of the best polynomial there is.
"""
import numpy as np

DEGREE = 5
points = np.cos(np.pi * (np.arange(2000) + 0.5) / 2000) / 2
fit = np.polynomial.chebyshev.chebfit(2 * points, np.expm1(points * np.log(2)) / points, DEGREE)
coefficients = np.polynomial.chebyshev.cheb2poly(fit) * 2.0 ** np.arange(DEGREE + 1)
f = np.linspace(-0.5, 0.5, 100_000)
error = np.abs(np.polynomial.polynomial.polyval(f, coefficients) * f / np.expm1(f * np.log(2)) - 1).max()
for power, c in enumerate(coefficients, start=1):
    print(f"f^{power}: {c:.9g}")
print(f"relative error {error:.2g}")
