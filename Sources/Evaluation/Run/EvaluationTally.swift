import Basics
import Datasets
import Recognition

/// The results of an evaluation so far, from which a report is made.
///
/// Tallies of parts can be merged in any order. Memory grows with the number of speakers and of
/// clips that cannot be read, not with the number of clips.
public struct EvaluationTally: Codable, Sendable {
  /// Number of items that are done, from the start of the part.
  public internal(set) var done = 0
  /// The counts of clips that the model never met and of those that it met.
  package var clips: MeasuredClips
  /// Clips that could not be read.
  public internal(set) var skipped: [SkippedClip] = []
  /// Alarm recordings that could not be read.
  public internal(set) var skippedAlarmAudio: [SkippedClip] = []
  /// A hash of the bytes of the finished files with their indices; the hash of merged parts is the
  /// sum.
  private(set) var audio: UInt64 = 0
  /// Errors in the noise that silence is cut from.
  private(set) var noiseProblems: [String] = []

  /// Makes an empty tally for a model with these classes.
  public init(labels: [String]) {
    clips = MeasuredClips(EvaluationCounts(labels: labels, others: [ClassLabel.unknown]))
  }

  /// An empty tally with the same classes and conditions.
  var emptied: EvaluationTally {
    var empty = EvaluationTally(labels: counts.labels)
    if let conditions = clips.conditions { empty.clips.begin(conditions: conditions) }
    return empty
  }

  /// The counts for the figures.
  public var counts: EvaluationCounts { clips.headline.clips }

  /// Adds the hash of the bytes of item `index` of the plan, by `ContentHash.of(file:)`.
  mutating func addAudio(_ fileHash: UInt64, at index: Int) {
    var word = fileHash
    ContentHash.mix(UInt64(index), into: &word)
    audio &+= word
  }

  /// Adds an error once: an interrupted evaluation or a second shard may report it again.
  mutating func addNoiseProblem(_ text: String) {
    if !noiseProblems.contains(text) { noiseProblems.append(text) }
  }

  /// Adds the results of another part.
  public mutating func merge(_ other: EvaluationTally) {
    done += other.done
    clips.merge(other.clips)
    skipped += other.skipped
    skippedAlarmAudio += other.skippedAlarmAudio
    audio &+= other.audio
    other.noiseProblems.forEach { addNoiseProblem($0) }
  }

  /// Throws if no clip could be read.
  func check(_ plan: PlanSummary) throws(EvaluationError) {
    if skipped.count == plan.clips, let first = skipped.first {
      throw .nothingReadable(clips: plan.clips, first: first.reason)
    }
  }

  /// Warnings about the clips.
  func warnings(_ plan: PlanSummary) -> [String] {
    var warnings = noiseProblems
    if plan.silenceCuts > 0 {
      let split = plan.part.split ?? .testing
      warnings.append(
        "\(plan.silenceCuts) clips of silence were cut from the \(split.rawValue) part of "
          + Dataset.noiseFolder)
    }
    let isLeftOut = clips.basis == .unseen
    for met in clips.met.figures {
      let count = "\(met.accuracy.n) of \(plan.clips + plan.silenceCuts) clips \(met.role.verb)"
      warnings.append(
        count + (isLeftOut ? ": left out of the figures" : ": the figures are too optimistic"))
    }
    for role in ClipRole.allCases {
      guard let count = clips.metAlarmAudio[role.rawValue] else { continue }
      warnings.append(
        "\(count) of \(plan.alarmRecordings) alarm recordings \(role.verb): "
          + (isLeftOut ? "left out of the false alarms" : "the figures are too optimistic"))
    }
    return warnings
  }
}
