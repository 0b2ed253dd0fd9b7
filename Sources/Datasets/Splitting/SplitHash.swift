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

  /// With so many keys no part stays empty by chance.
  private static let manyKeys = 100

  /// A clip as the rule reads it.
  struct Clip {
    /// The speaker, or the file's name if the speaker is not known.
    var key: String
    var label: String
  }

  /// The part for `key`, usually a speaker.
  func split(of key: String) -> Split {
    let percentage = Self.percentage(of: key)
    if percentage < validationPercent { return .validation }
    return percentage < validationPercent + testingPercent ? .testing : .training
  }

  /// The part of each key, mended where few keys leave a part without any.
  ///
  /// Most keys keep the part that the hash alone gives. Of the others, those of the lowest
  /// percentages are held out and those of the highest given back: a part that is wanted has one key
  /// of 3 or more, and two of 20 or more; training has at least half of its share, and clips of every
  /// class. Many keys are left as they are.
  func parts(of clips: [Clip]) -> [String: Split] {
    let order = Set(clips.map(\.key)).map { (key: $0, percentage: Self.percentage(of: $0)) }
      .sorted { ($0.percentage, $0.key) < ($1.percentage, $1.key) }
    var parts = order.reduce(into: [String: Split]()) { $0[$1.key] = split(of: $1.key) }
    let shares = [Split.validation: validationPercent, .testing: testingPercent]
    // Of two keys one trains and one tests.
    let wanted = [Split.testing, .validation].filter { part in
      shares[part]! > 0 && order.count >= (part == .testing ? 2 : 3)
    }
    for (key, _) in order where parts[key] != .training && !wanted.contains(parts[key]!) {
      parts[key] = wanted.first ?? .training
    }
    let least = order.count >= 20 ? 2 : 1
    func count(_ part: Split) -> Int { parts.values.count { $0 == part } }
    func canSpare(_ key: String) -> Bool {
      count(parts[key]!) > (parts[key] == .training ? 1 : least)
    }
    for part in wanted where order.count < Self.manyKeys {
      let others = order.lazy.map(\.key).filter { parts[$0] != part }
      while count(part) < least, let key = others.first(where: canSpare) { parts[key] = part }
    }
    let share = (100 - validationPercent - testingPercent) / 100
    let fewest = max(1, Int(Double(order.count) * share / 2))
    var missing = fewest - count(.training)
    for (key, _) in order.reversed() where missing > 0 && parts[key] != .training {
      guard canSpare(key) || missing == fewest else { continue }
      parts[key] = .training
      missing -= 1
    }
    giveBackClasses(clips, order.map(\.key), &parts)
    return parts
  }

  /// A model without a single clip of a class to train on would not know it.
  private func giveBackClasses(
    _ clips: [Clip], _ order: [String], _ parts: inout [String: Split]
  ) {
    let keys = clips.reduce(into: [String: Set<String>]()) {
      $0[$1.label, default: []].insert($1.key)
    }
    for (_, keys) in keys.sorted(by: { $0.key < $1.key })
    where !keys.contains(where: { parts[$0] == .training }) {
      if let key = order.last(where: keys.contains) { parts[key] = .training }
    }
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
