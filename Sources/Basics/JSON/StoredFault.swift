/// Why a stored document cannot be read, in a phrase.
public enum StoredFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// It is not valid JSON; what is wrong, and where.
  case notJSON(String)
  /// It is of another kind than was expected.
  case otherSchema(expected: String)
  /// It has no number of its format.
  case noNumber
  /// It, or a part of it, was written by a newer program.
  case newer(part: String?, found: Int, supported: Int)
  /// A part lacks keys, or has some that its format does not.
  case keys(part: String, missing: [String], unknown: [String])
  /// Something is missing or of another type.
  case unfit(String)

  /// The phrase about a document, which is called so.
  package func text(of subject: String) -> String {
    switch self {
    case .notJSON(let fault): "\(subject) is not valid JSON: \(fault)"
    case .otherSchema(let expected): "\(subject) is no \(expected)"
    case .noNumber: "\(subject) has no format number"
    case .newer(let part, let found, let supported):
      "\(part.map { "\($0) " } ?? "")format \(found); this program reads up to \(supported): "
        + "update kws"
    case .keys(let part, let missing, let unknown):
      "\(subject) does not fit: \(part): "
        + [
          missing.isEmpty ? nil : "missing \(missing.joined(separator: ", "))",
          unknown.isEmpty ? nil : "unknown \(unknown.joined(separator: ", "))",
        ].compactMap(\.self).joined(separator: "; ")
    case .unfit(let problem): "\(subject) does not fit: \(problem)"
    }
  }

  /// The phrase.
  public var description: String { text(of: "it") }
}
