#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The format number of a stored JSON document, and the migration from each older format to the
/// next.
///
/// A newer format is refused by its number. An older one is migrated step by step; each step adds
/// the keys that its format introduced. A key that is missing after that is an error; it never gets
/// a default.
package struct StoredFormat: Sendable {
  /// Changes a document of one format into the next.
  ///
  /// Returns a phrase that names what is missing, or nil.
  package typealias Step = @Sendable (inout JSONValue) -> String?

  /// Why a text cannot be read as a document of this kind.
  package enum Fault: Error, Equatable {
    case notJSON(JSONValue.Fault)
    case noNumber
    /// Written by a newer program.
    case newer(found: Int, supported: Int)
    /// A part is missing or of another type; the phrase says which.
    case unfit(String)
  }

  /// The key of the format number.
  var key = "format"
  /// `steps[n]` migrates from format n + 1 to n + 2.
  var steps: [Step]

  package init(key: String = "format", steps: [Step]) {
    (self.key, self.steps) = (key, steps)
  }

  /// The current format, which is the one written.
  package var current: Int { steps.count + 1 }

  /// Reads a document of this or an older format.
  package func decode<Value: Decodable>(_ type: Value.Type, from text: String) throws(Fault)
    -> Value
  {
    var document: JSONValue
    do { document = try JSONValue(parsing: ArraySlice(text.utf8)) } catch { throw .notJSON(error) }
    guard let found = document[key]?.count, found > 0 else { throw .noNumber }
    guard found <= current else { throw .newer(found: found, supported: current) }
    for step in steps[(found - 1)...] {
      if let problem = step(&document) { throw .unfit(problem) }
    }
    document[key] = .number(Double(current))
    let data = Data((found < current ? document.text : text).utf8)
    do { return try JSONDecoder().decode(type, from: data) } catch {
      throw .unfit(decodingProblem(error))
    }
  }
}
