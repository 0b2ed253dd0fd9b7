import Basics
import Datasets
import Recognition
import Sound

/// Two halves of the speakers, for crossing over.
package enum SpeakerHalf {
  /// The half of a speaker, or of a clip whose speaker nobody knows: 0 or 1.
  package static func of(_ name: String) -> Int { StableHash.bucket(of: name, count: 2) }
}

/// Counts of two halves of the clips, no speaker in both: one half chooses, the other judges.
struct SpeakerHalves {
  /// Longer recordings without keywords are divided in time, and others by name, in seconds.
  private static let longRecording = 60.0

  private(set) var counts: [EvaluationCounts]
  /// The windows of each recording without keywords, in which alarms of all keywords are counted once
  /// thresholds are chosen.
  private(set) var quiet: [[[Classification.Window]]] = [[], []]
  private let decision: Decision
  private let rule: ListeningRule

  init(_ model: KeywordModel) {
    let none = EvaluationCounts(labels: model.labels, others: [ClassLabel.unknown])
    counts = [none, none]
    (decision, rule) = (model.decision, model.rule)
  }

  /// Counts a clip in the half of its speaker; clips without a speaker are divided by name.
  mutating func add(_ prediction: Prediction, _ heard: Classification) {
    let half = SpeakerHalf.of(prediction.speaker ?? prediction.path)
    counts[half].add(prediction)
    if !ClassLabel.isKeyword(prediction.label) { add(heard.windows, heard.seconds, to: half) }
  }

  /// Counts a recording without keywords.
  mutating func addAlarmAudio(_ name: String, _ heard: Classification) {
    let seconds = heard.seconds
    guard seconds > Self.longRecording else {
      let half = SpeakerHalf.of(name)
      add(heard.windows, seconds, to: half)
      return
    }
    let middle = heard.windows.count / 2
    for (half, windows) in [heard.windows[..<middle], heard.windows[middle...]].enumerated() {
      add(Array(windows), seconds / 2, to: half)
    }
  }

  private mutating func add(_ windows: [Classification.Window], _ seconds: Double, to half: Int) {
    counts[half].addAudioWithoutKeywords(
      windows, seconds: seconds, decision: decision, rule: rule)
    quiet[half].append(windows)
  }
}

/// What `BatchEvaluation.halves` found.
public struct HalvedClips: Sendable {
  /// Counts of either half.
  public var counts: (EvaluationCounts, EvaluationCounts)
  /// The windows of the recordings without keywords of either half.
  public var quiet: ([[Classification.Window]], [[Classification.Window]])
  /// Everything that was measured, by content, recordings for alarms included.
  public var clips: ClipSet
  /// How many clips and recordings that were.
  public var measured: Int
  /// Those of them that the model was trained on.
  public var trainedOn: Int
  /// What could not be read.
  public var skipped: [SkippedClip]
}

extension BatchEvaluation {
  /// Measures the plan's clips as two halves.
  ///
  /// - Parameter progress: Called with the number of items done.
  /// - Returns: Counts of either half, and which clips they were.
  /// - Throws: `EvaluationError.nothingReadable`.
  public func halves(progress: (Int) -> Void = { _ in }) throws -> HalvedClips {
    var halves = SpeakerHalves(classifier.model)
    var hashes: [UInt64] = []
    var (measured, trainedOn) = (0, 0)
    let tally = try run(
      progress: { progress($0.done) },
      heard: { prediction, name, heard in
        measured += 1
        if classifier.model.history.role(of: heard.contentHash) == .trained { trainedOn += 1 }
        // All digital silence of one length is the same clip.
        if heard.facts.level > ClipFacts.leastLevel { hashes.append(heard.contentHash) }
        if let prediction {
          halves.add(prediction, heard.answer)
        } else {
          halves.addAlarmAudio(name, heard.answer)
        }
      })
    try tally.check(plan.summary)
    return HalvedClips(
      counts: (halves.counts[0], halves.counts[1]), quiet: (halves.quiet[0], halves.quiet[1]),
      clips: ClipSet(hashes), measured: measured,
      trainedOn: trainedOn, skipped: tally.skipped + tally.skippedAlarmAudio)
  }
}
