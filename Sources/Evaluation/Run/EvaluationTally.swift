import Datasets
import Recognition

/// Everything that an evaluation has found so far: what a report is made of.
///
/// Tallies of parts merge into that of the whole, in any order. Memory grows with the number of
/// speakers, of wrong clips up to a limit and of clips that cannot be read, not with the clips.
public struct EvaluationTally: Codable, Sendable {
  /// Items that are done, from the begin of the part.
  public internal(set) var done = 0
  /// All that the figures need.
  public internal(set) var counts: EvaluationCounts
  /// Clips that could not be read.
  public internal(set) var skipped: [SkippedClip] = []
  /// Recordings for alarms that could not be read.
  public internal(set) var skippedAlarmAudio: [SkippedClip] = []
  /// The same clips under other conditions, if that was asked for.
  var robustness: RobustnessCounts?
  /// Clips that the model was trained on.
  private(set) var heardBefore = 0
  /// What is wrong with the noise that silence is cut from.
  private(set) var noiseProblems: [String] = []

  /// Nothing yet, for a model with these classes.
  public init(labels: [String]) {
    counts = EvaluationCounts(labels: labels, others: [ClassLabel.unknown])
  }

  mutating func addClipHeardBefore() { heardBefore += 1 }

  /// Silence can be begun twice, by an evaluation that was interrupted or in two shards.
  mutating func addNoiseProblem(_ text: String) {
    if !noiseProblems.contains(text) { noiseProblems.append(text) }
  }

  /// Adds what was found in another part.
  public mutating func merge(_ other: EvaluationTally) {
    done += other.done
    counts.merge(other.counts)
    if let more = other.robustness {
      robustness?.merge(more)
      robustness = robustness ?? more
    }
    skipped += other.skipped
    skippedAlarmAudio += other.skippedAlarmAudio
    heardBefore += other.heardBefore
    other.noiseProblems.forEach { addNoiseProblem($0) }
  }

  /// Refuses a tally of nothing.
  func check(_ plan: PlanSummary) throws(EvaluationError) {
    if skipped.count == plan.clips, let first = skipped.first {
      throw .nothingReadable(clips: plan.clips, first: first.reason)
    }
  }

  /// What a person should know about the clips.
  func warnings(_ plan: PlanSummary) -> [String] {
    var warnings = noiseProblems
    if plan.silenceCuts > 0 {
      let split = plan.part.split ?? .testing
      warnings.append(
        "\(plan.silenceCuts) clips of silence were cut from \(Dataset.noiseFolder), of its seconds "
          + "for \(split.rawValue)")
    }
    if plan.isSelectedOn {
      warnings.append(
        "the validation part chose this model's epoch and temperature: figures on it flatter "
          + "(selected on)")
    }
    if heardBefore > 0 {
      warnings.append(
        "\(heardBefore) of \(plan.clips) clips were trained on: the figures flatter")
    }
    return warnings
  }
}
