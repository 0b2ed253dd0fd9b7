#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Basics

/// The report as JSON: keys sorted, the same bytes for the same figures, no NaN.
public enum EvaluationJSON {
  /// UTF-8 bytes that end with a line feed.
  ///
  /// - Throws: `EncodingError` if a figure is not finite, which `Estimate` excludes.
  public static func render(_ report: EvaluationReport) throws -> [UInt8] {
    [UInt8](try jsonEncoder(pretty: true).encode(report)) + [UInt8(ascii: "\n")]
  }

  /// Reads a report of this or an earlier version.
  ///
  /// - Throws: `StoredFault` for anything else.
  public static func read(_ bytes: [UInt8]) throws(StoredFault) -> EvaluationReport {
    try EvaluationReport.stored.decode(EvaluationReport.self, from: bytes[...])
  }
}
