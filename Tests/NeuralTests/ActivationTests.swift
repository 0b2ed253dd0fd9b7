import Foundation
import Testing

@testable import Neural

/// tanh and the logistic function of the C kernels against the C library in Double.
@Suite struct ActivationTests {
  /// Every 997th float from the smallest to the largest, of both signs: four million arguments.
  static let arguments: [Float] = stride(from: UInt32(0), to: 0x7F80_0000, by: 997).flatMap {
    [Float(bitPattern: $0), -Float(bitPattern: $0)]
  }

  @Test(arguments: FloatKernels.all) func hyperbolicTangent(_ kernels: FloatKernels) {
    let worst = worstError(kernels.hyperbolicTangents(Self.arguments)) { tanh($0) }
    #expect(worst < 2.5e-7, "\(kernels.name): \(worst)")
  }

  /// Below -87 the result counts as that of -87, 1.6e-38, where the true one is smaller still.
  @Test(arguments: FloatKernels.all) func logistic(_ kernels: FloatKernels) {
    let worst = worstError(kernels.logistics(Self.arguments)) { 1 / (1 + exp(-max($0, -87))) }
    #expect(worst < 2.5e-7, "\(kernels.name): \(worst)")
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

  /// The largest relative error; where the result is below the normal numbers, relative to those.
  private func worstError(_ found: [Float], _ function: (Double) -> Double) -> Double {
    var worst = 0.0
    for (x, y) in zip(Self.arguments, found) {
      let expected = function(Double(x))
      let error =
        abs(Double(y) - expected) / max(abs(expected), Double(Float.leastNormalMagnitude))
      // NaN must not pass as small.
      if !(error <= worst) { worst = error.isNaN ? .infinity : error }
    }
    return worst
  }
}
