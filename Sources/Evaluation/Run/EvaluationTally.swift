import Basics
import Datasets
import Recognition

/// Everything that an evaluation has found so far: what a report is made of.
///
/// Tallies of parts merge into that of the whole, in any order. Memory grows with the number of
/// speakers, of wrong clips up to a limit and of clips that cannot be read, not with the clips.
public struct EvaluationTally: Codable, Sendable {
  /// Items that are done, from the begin of the part.
  public internal(set) var done = 0
  /// What was found, by what the clips were to the model.
  package var clips: MeasuredClips
  /// Clips that could not be read.
  public internal(set) var skipped: [SkippedClip] = []
  /// Recordings for alarms that could not be read.
  public internal(set) var skippedAlarmAudio: [SkippedClip] = []
  /// Names the bytes of the files that are done, each with its place; parts add up.
  private(set) var audio: UInt64 = 0
  /// What is wrong with the noise that silence is cut from.
  private(set) var noiseProblems: [String] = []

  /// Nothing yet, for a model with these classes.
  public init(labels: [String]) {
    clips = MeasuredClips(EvaluationCounts(labels: labels, others: [ClassLabel.unknown]))
  }

  /// A tally of nothing, for the same classes and conditions.
  var emptied: EvaluationTally {
    var empty = EvaluationTally(labels: counts.labels)
    if let conditions = clips.conditions { empty.clips.begin(conditions: conditions) }
    return empty
  }

  /// All that the figures need.
  public var counts: EvaluationCounts { clips.headline.clips }

  /// Adds the bytes of item `index` of the plan, as `ContentHash.of(file:)` names them.
  mutating func addAudio(_ fileHash: UInt64, at index: Int) {
    var word = fileHash
    ContentHash.mix(UInt64(index), into: &word)
    audio &+= word
  }

  /// Silence can be begun twice, by an evaluation that was interrupted or in two shards.
  mutating func addNoiseProblem(_ text: String) {
    if !noiseProblems.contains(text) { noiseProblems.append(text) }
  }

  /// Adds what was found in another part.
  public mutating func merge(_ other: EvaluationTally) {
    done += other.done
    clips.merge(other.clips)
    skipped += other.skipped
    skippedAlarmAudio += other.skippedAlarmAudio
    audio &+= other.audio
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
    let isLeftOut = clips.basis == .unseen
    for met in clips.met.figures {
      let count = "\(met.accuracy.n) of \(plan.clips + plan.silenceCuts) clips \(met.role.verb)"
      warnings.append(count + (isLeftOut ? ": left out of the figures" : ": the figures flatter"))
    }
    for role in ClipRole.allCases {
      guard let count = clips.metAlarmAudio[role.rawValue] else { continue }
      warnings.append(
        "\(count) of \(plan.alarmRecordings) recordings for alarms \(role.verb): "
          + (isLeftOut ? "left out of the false alarms" : "the figures flatter"))
    }
    return warnings
  }
}
