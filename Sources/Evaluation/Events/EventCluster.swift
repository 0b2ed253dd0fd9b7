import Basics
import Recognition
import Statistics

/// What was counted in the recordings of one speaker, or in one recording: by the model's own rule, and
/// at every threshold of `EventSweep`.
struct EventCluster: Equatable, Sendable {
  /// Length of the recordings.
  var hours = FixedPoint()
  /// By keyword: how often it is said, and how often of these without a time.
  var said: [Int]
  var mentions: [Int]
  /// By keyword, by the model's own rule.
  var found: [Int]
  var wrongWords: [Int]
  var falseAlarms: [Int]
  /// (thresholds, keywords): what is found, and false alarms.
  var foundAt: [Int32]
  var falseAlarmsAt: [Int32]

  init(keywords count: Int) {
    let none = [Int](repeating: 0, count: count)
    (said, mentions, found, wrongWords, falseAlarms) = (none, none, none, none, none)
    foundAt = Array(repeating: 0, count: EventSweep.thresholds.count * count)
    falseAlarmsAt = foundAt
  }

  mutating func merge(_ other: EventCluster) {
    hours.merge(other.hours)
    for index in said.indices {
      said[index] += other.said[index]
      mentions[index] += other.mentions[index]
      found[index] += other.found[index]
      wrongWords[index] += other.wrongWords[index]
      falseAlarms[index] += other.falseAlarms[index]
    }
    for index in foundAt.indices {
      foundAt[index] += other.foundAt[index]
      falseAlarmsAt[index] += other.falseAlarmsAt[index]
    }
  }
}
