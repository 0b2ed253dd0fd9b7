#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The format number of a stored JSON document, and the way from each older format to the next.
///
/// Every document that is read again has one: model, checkpoint, report, part of an evaluation, config;
/// parts that grow by themselves have `StoredFields`. A newer format is refused by its number. An older
/// one is changed step by step: what a format brought is filled in by the step to it, and a key that is
/// still missing is an error, never a guess.
package struct StoredFormat: Sendable {
  /// Changes a document of one format into the next; what is missing for that, or nil.
  package typealias Step = @Sendable (inout JSONValue) -> String?

  /// What stands under `schema`; nil where the document has no such key.
  var schema: String?
  /// Where the number stands.
  package let key: String
  /// The format of a document without a number; nil refuses it.
  var unnumbered: Int?
  /// `steps[n]` leads from format n + 1 to n + 2.
  var steps: [Step]

  package init(
    schema: String? = nil, key: String = "format", unnumbered: Int? = nil, steps: [Step] = []
  ) {
    (self.schema, self.key, self.unnumbered, self.steps) = (schema, key, unnumbered, steps)
  }

  /// The format that is written.
  package var current: Int { steps.count + 1 }

  /// Changes a document of this or an older format into this one.
  package func migrate(_ document: inout JSONValue) throws(StoredFault) {
    if let schema, document["schema"] != .string(schema) { throw .otherSchema(expected: schema) }
    let number = document[key]
    guard let found = number == nil ? unnumbered : number?.count, found > 0 else { throw .noNumber }
    guard found <= current else {
      throw .newer(part: nil, found: found, supported: current)
    }
    for step in steps[(found - 1)...] {
      if let problem = step(&document) { throw .unfit(problem) }
    }
    document[key] = .number(Double(current))
  }

  /// Reads a document of this or an older format.
  package func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: ArraySlice<UInt8>
  ) throws(StoredFault) -> Value {
    let whole: JSONValue
    do { whole = try JSONValue(parsing: bytes) } catch { throw .notJSON("\(error)") }
    var document = whole
    try migrate(&document)
    let isCurrent = document[key] == whole[key]
    let data = isCurrent ? Data(bytes) : Data(document.text.utf8)
    do { return try JSONDecoder().decode(type, from: data) } catch let fault as StoredFault {
      throw fault
    } catch { throw .unfit(decodingProblem(error)) }
  }
}
