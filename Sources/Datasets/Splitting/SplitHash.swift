import Basics
import Recognition

extension DatasetOptions {
  /// The part of everything of a speaker, or of a file of this name, where a hash splits.
  package func split(of key: String) -> Split {
    SplitHash(validationPercent: validationPercent, testingPercent: testingPercent).split(of: key)
  }
}

/// The split rule of Speech Commands (Warden 2018; `which_set` in its README): a name's SHA-1 as a
/// percentage, so that a clip keeps its part when others are added or removed.
struct SplitHash: Sendable {
  /// Share of names for validation, in percent.
  var validationPercent: Double
  /// Share of names for testing, in percent.
  var testingPercent: Double

  /// The part for `key`, usually a speaker.
  func split(of key: String) -> Split {
    let percentage = Self.percentage(of: key)
    if percentage < validationPercent { return .validation }
    return percentage < validationPercent + testingPercent ? .testing : .training
  }

  /// The digest as one integer modulo 2^27, scaled to 0...100 by 100 / (2^27 - 1).
  ///
  /// 2^27 divides 2^32, so only the digest's last word counts.
  static func percentage(of key: String) -> Double {
    let maximum = 1 << 27 - 1
    let last = SHA1.digest(of: key.utf8)[4]
    return Double(Int(last) % (maximum + 1)) * (100 / Double(maximum))
  }
}
