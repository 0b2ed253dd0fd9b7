import Foundation
import Testing

@testable import Neural

/// tanh and the logistic function of the C kernels against the C library in Double.
@Suite struct ActivationTests {
  /// Every 9,973rd float from the smallest to the largest, of both signs: four hundred thousand arguments.
  static let arguments: [Float] = stride(from: UInt32(0), to: 0x7F80_0000, by: 9973).flatMap {
    [Float(bitPattern: $0), -Float(bitPattern: $0)]
  }

  @Test(arguments: FloatKernels.all) func hyperbolicTangent(_ kernels: FloatKernels) {
    let worst = worstError(kernels.hyperbolicTangents(Self.arguments)) { tanh($0) }
    #expect(worst < 2.5e-7, "\(kernels.name): \(worst)")
  }

  /// The exponent of e^-x is right to its last digit, so relative to a small result the error grows
  /// with x; beyond 126 it counts as that, 1.2e-38.
  @Test(arguments: FloatKernels.all) func logistic(_ kernels: FloatKernels) {
    let found = kernels.logistics(Self.arguments)
    let lowest = -126 * log(2.0)
    let function = { (x: Double) in 1 / (1 + exp(-max(x, lowest))) }
    let relative = worstError(found, function)
    #expect(relative < 5e-6, "\(kernels.name): \(relative)")
    let absolute = worstError(found, isAbsolute: true, function)
    #expect(absolute < 1.2e-7, "\(kernels.name): \(absolute)")
  }

  @Test(arguments: FloatKernels.all) func limits(_ kernels: FloatKernels) {
    let special: [Float] = [.infinity, -.infinity, 0, .nan]
    let tangents = kernels.hyperbolicTangents(special)
    #expect(tangents[0...2] == [1, -1, 0])
    #expect(tangents[3].isNaN)
    let logistics = kernels.logistics(special)
    #expect(logistics[0] == 1 && logistics[2] == 0.5)
    #expect(logistics[1] >= 0 && logistics[1] < 2e-38)
    #expect(logistics[3].isNaN)
  }

  /// The largest error, relative unless told otherwise; where the result is below the normal numbers,
  /// relative to those.
  private func worstError(
    _ found: [Float], isAbsolute: Bool = false, _ function: (Double) -> Double
  ) -> Double {
    var worst = 0.0
    for (x, y) in zip(Self.arguments, found) {
      let expected = function(Double(x))
      let unit = isAbsolute ? 1 : max(abs(expected), Double(Float.leastNormalMagnitude))
      let error = abs(Double(y) - expected) / unit
      // NaN must not pass as small.
      if !(error <= worst) { worst = error.isNaN ? .infinity : error }
    }
    return worst
  }
}
