import Glibc
import Testing

@testable import Neural

extension Trait where Self == ConditionTrait {
  /// For tests of equal bits, which hold for our products and not for those of OpenBLAS.
  ///
  /// They need a row of a product to have the same bits however many rows there are beside it.
  static var ownProducts: Self {
    .enabled(
      if: getenv("KWS_BLAS").map { String(cString: $0) } != "openblas",
      "in OpenBLAS the last bits of a row depend on the number of rows")
  }
}

/// Whether a clip has the same logits alone and in a batch: to the last bit by our products, in which every
/// element is one chain of multiply-adds whatever the rows beside it; OpenBLAS promises no such thing.
func areSame(_ alone: [Float], _ together: [Float]) -> Bool {
  FloatKernels.best.name == "openblas"
    ? alone.count == together.count && zip(alone, together).allSatisfy { abs($0 - $1) < 1e-6 }
    : alone == together
}
