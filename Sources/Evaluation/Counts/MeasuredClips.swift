import Recognition
import Sound

/// What was found on clips that the model never met and on those that it met, kept apart: a figure over
/// both would flatter.
package struct MeasuredClips: Codable, Sendable {
  /// All that the figures need of some clips.
  struct Counts: Codable, Sendable {
    var clips: EvaluationCounts
    /// The same clips under other conditions, if that was asked for.
    var robustness: RobustnessCounts?

    mutating func merge(_ other: Counts) {
      clips.merge(other.clips)
      if let more = other.robustness {
        robustness?.merge(more)
        robustness = robustness ?? more
      }
    }
  }

  /// Clips that the model never met.
  private(set) var unseen: Counts
  /// Clips that it met.
  private(set) var seen: Counts
  /// Right answers of those, by what they were to it.
  package private(set) var met = MetCounts()
  /// Recordings for alarms that it met, by what they were to it.
  private(set) var metAlarmAudio: [String: Int] = [:]
  /// Unseen clips beside silence that was cut.
  private(set) var unseenFiles = 0

  /// Nothing yet, for these classes.
  init(_ counts: EvaluationCounts) {
    unseen = Counts(clips: counts)
    seen = unseen
  }

  /// Makes room for other conditions.
  mutating func begin(_ conditions: [RecordingCondition]) {
    guard unseen.robustness == nil else { return }
    unseen.robustness = RobustnessCounts(conditions)
    seen.robustness = unseen.robustness
  }

  /// Makes room for the conditions of another part, by their names.
  mutating func begin(conditions names: [String]) {
    unseen.robustness = RobustnessCounts(names: names)
    seen.robustness = unseen.robustness
  }

  /// The names of the conditions; nil where none was asked for.
  var conditions: [String]? { unseen.robustness?.names }

  /// Counts one clip, with its windows where it holds no keyword.
  mutating func add(_ prediction: Prediction, isCut: Bool = false) {
    guard let role = prediction.role else {
      unseen.clips.add(prediction)
      if !isCut { unseenFiles += 1 }
      return
    }
    seen.clips.add(prediction)
    met.add(role, isCorrect: prediction.isCorrect)
  }

  /// Counts the answers of one clip under the conditions.
  mutating func add(_ prediction: Prediction, answers: [String]) {
    if prediction.role == nil {
      unseen.robustness?.add(prediction, answers: answers)
    } else {
      seen.robustness?.add(prediction, answers: answers)
    }
  }

  /// Counts the alarms in a clip that holds no keyword.
  mutating func addAudioWithoutKeywords(
    _ heard: Classification, role: ClipRole?, decision: Decision, rule: ListeningRule
  ) {
    func add(to counts: inout Counts) {
      counts.clips.addAudioWithoutKeywords(
        heard.windows, seconds: heard.seconds, decision: decision, rule: rule)
    }
    if role == nil { add(to: &unseen) } else { add(to: &seen) }
  }

  /// Notes a recording for alarms that the model met.
  mutating func addMetAlarmAudio(_ role: ClipRole) { metAlarmAudio[role.rawValue, default: 0] += 1 }

  mutating func merge(_ other: MeasuredClips) {
    unseen.merge(other.unseen)
    seen.merge(other.seen)
    met.merge(other.met)
    metAlarmAudio.merge(other.metAlarmAudio, uniquingKeysWith: +)
    unseenFiles += other.unseenFiles
  }

  /// What the figures are over: unseen clips, or where there is none, all of them.
  ///
  /// Silence that was cut makes no figure by itself.
  package var basis: MeasuredBasis { met.isEmpty || unseenFiles > 0 ? .unseen : .met }

  /// The counts that the figures are made of.
  var headline: Counts {
    guard basis == .met else { return unseen }
    var all = seen
    all.merge(unseen)
    return all
  }
}
