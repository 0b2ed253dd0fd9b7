import Recognition
import Sound

/// Separate counts of clips that the model never met and of clips that it met: a figure over both
/// would be too optimistic.
package struct MeasuredClips: Codable, Sendable {
  /// All counts of some clips.
  struct Counts: Codable, Sendable {
    var clips: EvaluationCounts
    /// Counts of the same clips under other conditions, if requested.
    var robustness: RobustnessCounts?

    mutating func merge(_ other: Counts) {
      clips.merge(other.clips)
      if let more = other.robustness {
        robustness?.merge(more)
        robustness = robustness ?? more
      }
    }
  }

  /// Counts of clips that the model never met.
  private(set) var unseen: Counts
  /// Counts of clips that it met.
  private(set) var seen: Counts
  /// Right answers for those, by role.
  package private(set) var met = MetCounts()
  /// Number of alarm recordings that it met, by role.
  private(set) var metAlarmAudio: [String: Int] = [:]
  /// Number of unseen clips, without cuts of silence.
  private(set) var unseenFiles = 0

  /// Makes empty counts for the classes of `counts`.
  init(_ counts: EvaluationCounts) {
    unseen = Counts(clips: counts)
    seen = unseen
  }

  /// Adds counts for other conditions.
  mutating func begin(_ conditions: [RecordingCondition]) {
    guard unseen.robustness == nil else { return }
    unseen.robustness = RobustnessCounts(conditions)
    seen.robustness = unseen.robustness
  }

  /// Adds counts for the conditions of another part, by their names.
  mutating func begin(conditions names: [String]) {
    unseen.robustness = RobustnessCounts(names: names)
    seen.robustness = unseen.robustness
  }

  /// The names of the conditions; nil if none were requested.
  var conditions: [String]? { unseen.robustness?.names }

  /// Counts one clip.
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

  /// Counts the alarms in a clip without keywords.
  mutating func addAudioWithoutKeywords(
    _ result: Classification, role: ClipRole?, decision: Decision, rule: ListeningRule
  ) {
    func add(to counts: inout Counts) {
      counts.clips.addAudioWithoutKeywords(
        result.windows, seconds: result.seconds, decision: decision, rule: rule)
    }
    if role == nil { add(to: &unseen) } else { add(to: &seen) }
  }

  /// Counts an alarm recording that the model met.
  mutating func addMetAlarmAudio(_ role: ClipRole) { metAlarmAudio[role.rawValue, default: 0] += 1 }

  mutating func merge(_ other: MeasuredClips) {
    unseen.merge(other.unseen)
    seen.merge(other.seen)
    met.merge(other.met)
    metAlarmAudio.merge(other.metAlarmAudio, uniquingKeysWith: +)
    unseenFiles += other.unseenFiles
  }

  /// The clips that the figures are over: unseen clips, or all clips if there are no unseen ones.
  ///
  /// Cuts of silence alone are not enough for figures.
  package var basis: MeasuredBasis { met.isEmpty || unseenFiles > 0 ? .unseen : .met }

  /// The counts of all clips, met or not.
  var whole: EvaluationCounts {
    var all = seen.clips
    all.merge(unseen.clips)
    return all
  }

  /// The counts for the figures.
  var headline: Counts {
    guard basis == .met else { return unseen }
    var all = seen
    all.merge(unseen)
    return all
  }
}
