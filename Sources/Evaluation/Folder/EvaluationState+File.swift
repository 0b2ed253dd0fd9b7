#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Basics

/// The state's file: `{"checksum":"<SHA-1>","state":{...}}` and a line feed.
///
/// The checksum is over the bytes of the state. It detects damage and edits, but not forgery, so
/// every number is checked as well.
extension EvaluationState {
  private static let before = Array(#"{"checksum":""#.utf8)
  private static let between = Array(#"","state":"#.utf8)
  private static let after = Array("}\n".utf8)

  /// Why a file is not a valid state, as a phrase.
  enum Fault: Error, Equatable, CustomStringConvertible {
    case noChecksum
    case changed
    case wrong(String)
    case stored(StoredFault)

    var description: String {
      switch self {
      case .noChecksum: "it does not begin with a checksum"
      case .changed: "it was changed or damaged after it was written"
      case .wrong(let what): what
      case .stored(let fault): "\(fault)"
      }
    }
  }

  /// The file's bytes.
  func encoded() -> [UInt8] {
    // All figures are finite, so encoding cannot fail.
    let state = [UInt8](try! jsonEncoder().encode(self))
    return Self.before + Array(SHA1.text(of: state).utf8) + Self.between + state + Self.after
  }

  /// Reads a file.
  ///
  /// - Throws: `Fault`; for a newer version, `Fault.stored` with its number.
  init(decoding bytes: [UInt8]) throws(Fault) {
    let checksum = Self.before.count..<Self.before.count + 40
    let start = checksum.upperBound + Self.between.count
    let end = bytes.count - Self.after.count
    guard start < end, bytes.starts(with: Self.before),
      bytes[checksum.upperBound...].starts(with: Self.between),
      bytes[end...].elementsEqual(Self.after)
    else { throw Fault.noChecksum }
    let state = bytes[start..<end]
    guard bytes[checksum].elementsEqual(SHA1.text(of: state).utf8) else { throw Fault.changed }
    do { self = try Self.stored.decode(Self.self, from: state) } catch { throw .stored(error) }
    if let problem { throw Fault.wrong(problem) }
  }
}
