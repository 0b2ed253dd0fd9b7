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

  /// Replaces the options that a JSON object names, or all of them if it is a whole stored front end;
  /// the sample rate stays.
  ///
  /// - Throws: `ChangeError`; the numbers stay as they were.
  package mutating func change(json: String) throws(ChangeError) {
    let changes: JSONValue
    do { changes = try JSONValue(parsing: ArraySlice(json.utf8)) } catch {
      throw ChangeError.invalid("not valid JSON: \(error)")
    }
    guard case .object = changes else { throw ChangeError.notAnObject }
    if let rate = changes["sampleRate"], rate != .number(Double(sampleRate)) {
      throw ChangeError.sampleRate
    }
    let decoder = JSONDecoder()
    decoder.userInfo[Changed.before] = self
    do { self = try decoder.decode(Changed.self, from: Data(json.utf8)).options } catch {
      if case StoredFault.keys(_, missing: [], let unknown) = error {
        throw ChangeError.unknown(unknown[0])
      }
      throw ChangeError.invalid(decodingProblem(error))
    }
  }

  /// The options after a change.
  private struct Changed: Decodable {
    static let before = CodingUserInfoKey(rawValue: "before")!
    var options: FrontEndOptions

    init(from decoder: any Decoder) throws {
      options = decoder.userInfo[Self.before] as! FrontEndOptions
      try FrontEndOptions.stored.change(&options, from: decoder)
      try options.validate()
    }
  }
}
