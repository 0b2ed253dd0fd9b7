import Glibc
import Testing

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
