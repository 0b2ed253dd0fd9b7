#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The report as JSON: keys sorted, the same bytes for the same figures, no NaN.
public enum EvaluationJSON {
  /// UTF-8 bytes that end with a line feed.
  ///
  /// - Throws: `EncodingError` if a figure is not finite, which `Estimate` excludes.
  public static func render(_ report: EvaluationReport) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(report)) + [UInt8(ascii: "\n")]
  }

  /// Reads a report of this or an earlier version.
  ///
  /// - Throws: `DecodingError` for anything else.
  public static func read(_ bytes: [UInt8]) throws -> EvaluationReport {
    let report = try JSONDecoder().decode(EvaluationReport.self, from: Data(bytes))
    guard report.schema == EvaluationReport.schemaName,
      report.version <= EvaluationReport.schemaVersion
    else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: [],
          debugDescription: "\(report.schema) version \(report.version), expected "
            + "\(EvaluationReport.schemaName) up to \(EvaluationReport.schemaVersion)"))
    }
    return report
  }
}
