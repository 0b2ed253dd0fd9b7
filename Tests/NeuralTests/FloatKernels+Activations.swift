import CNeural

@testable import Neural

/// The activations of the C kernels one by one; in networks they are part of the cell.
extension FloatKernels {
  func hyperbolicTangents(_ x: [Float]) -> [Float] {
    [Float](unsafeUninitializedCapacity: x.count) { y, count in
      table.hyperbolic_tangent(x, y.baseAddress, x.count)
      count = x.count
    }
  }

  func logistics(_ x: [Float]) -> [Float] {
    [Float](unsafeUninitializedCapacity: x.count) { y, count in
      table.logistic(x, y.baseAddress, x.count)
      count = x.count
    }
  }
}
