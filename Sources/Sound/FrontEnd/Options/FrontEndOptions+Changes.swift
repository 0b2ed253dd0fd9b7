#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Basics

extension FrontEndOptions {
  /// Why a change cannot be applied.
  package enum ChangeError: Error, CustomStringConvertible {
    case notAnObject
    case unknown(String)
    case sampleRate
    case invalid(String)

    package var description: String {
      switch self {
      case .notAnObject: "expected a JSON object such as {\"preEmphasis\":0.97}"
      case .unknown(let key): "there is no number named \"\(key)\""
      case .sampleRate: "the sample rate is no such number"
      case .invalid(let problem): problem
      }
    }
  }

  /// Replaces the numbers that a JSON object names; the sample rate stays.
  ///
  /// - Throws: `ChangeError`; the numbers stay as they were.
  package mutating func change(json: String) throws(ChangeError) {
    let changes: JSONValue
    do { changes = try JSONValue(parsing: ArraySlice(json.utf8)) } catch {
      throw ChangeError.invalid("not valid JSON: \(error)")
    }
    guard case .object(let members) = changes else { throw ChangeError.notAnObject }
    // Numbers and words that were read or computed, so nothing can fail.
    let whole = try! JSONValue(parsing: ArraySlice(jsonEncoder().encode(self)))
    guard case .object(var all) = whole else { return }
    for member in members {
      if member.key == "sampleRate", member.value != .number(Double(sampleRate)) {
        throw ChangeError.sampleRate
      }
      guard let index = all.firstIndex(where: { $0.key == member.key }) else {
        throw ChangeError.unknown(member.key)
      }
      all[index].value = member.value
    }
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(JSONValue.object(all).text.utf8))
    } catch { throw ChangeError.invalid(decodingProblem(error)) }
  }
}
