#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A report as JSON for people and programs: keys sorted, a line feed at the end.
///
/// - Precondition: Every number is finite.
package func jsonReport(_ report: some Encodable) -> String {
  String(decoding: try! jsonEncoder(pretty: true).encode(report), as: UTF8.self) + "\n"
}
