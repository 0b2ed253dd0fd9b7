import Basics
import Datasets
import Recognition
import Sound

/// The two halves of the speakers, for crossing over.
package enum SpeakerHalf {
  /// The half of a speaker, or of a clip without a known speaker: 0 or 1.
  package static func of(_ name: String) -> Int { StableHash.bucket(of: name, count: 2) }
}

extension EventPlan.Item {
  /// Half of the speakers, 0 or 1.
  var half: Int { SpeakerHalf.of(cluster) }
}

/// Counts of two halves of the clips, without a common speaker: thresholds are chosen on one half
/// and measured on the other.
struct SpeakerHalves {
  /// Recordings without keywords that are longer than this, in seconds, are divided in time; others
  /// by name.
  private static let longRecording = 60.0

  private(set) var counts: [EvaluationCounts]
  /// The windows of each recording without keywords; alarms are counted in them after thresholds
  /// are chosen.
  private(set) var quiet: [[[Classification.Window]]] = [[], []]
  /// What decides the answer to each clip, by half.
  private(set) var answers: [[HalvedAnswer]] = [[], []]
  private let decision: Decision
  private let rule: ListeningRule
  /// Whether alarms are counted in clips of other words too.
  private let countsAlarmsInClips: Bool

  /// - Parameters:
  ///   - model: The model that is measured.
  ///   - hasTalk: Whether there are recordings without keywords: alarms are then counted in them alone.
  init(_ model: KeywordModel, hasTalk: Bool) {
    countsAlarmsInClips = !hasTalk
    let none = EvaluationCounts(labels: model.labels, others: [ClassLabel.unknown])
    counts = [none, none]
    (decision, rule) = (model.decision, model.rule)
  }

  /// Counts a clip in the half of its speaker; clips without a speaker are divided by name.
  mutating func add(_ prediction: Prediction, _ result: Classification) {
    let half = SpeakerHalf.of(prediction.speaker ?? prediction.path)
    counts[half].add(prediction)
    answers[half].append(HalvedAnswer(prediction, labels: counts[half].labels))
    if countsAlarmsInClips, !ClassLabel.isKeyword(prediction.label) {
      add(result.windows, result.seconds, to: half)
    }
  }

  /// Counts a recording without keywords.
  mutating func addAlarmAudio(_ name: String, _ result: Classification) {
    let seconds = result.seconds
    guard seconds > Self.longRecording else {
      let half = SpeakerHalf.of(name)
      add(result.windows, seconds, to: half)
      return
    }
    let middle = result.windows.count / 2
    for (half, windows) in [result.windows[..<middle], result.windows[middle...]].enumerated() {
      add(Array(windows), seconds / 2, to: half)
    }
  }

  private mutating func add(_ windows: [Classification.Window], _ seconds: Double, to half: Int) {
    counts[half].addAudioWithoutKeywords(
      windows, seconds: seconds, decision: decision, rule: rule)
    quiet[half].append(windows)
  }
}

/// The results of `BatchEvaluation.halves`.
public struct HalvedClips: Sendable {
  /// Counts of each half.
  public var counts: (EvaluationCounts, EvaluationCounts)
  /// The windows of the recordings without keywords in each half.
  public var quiet: ([[Classification.Window]], [[Classification.Window]])
  /// The content hashes of all clips and alarm recordings that were measured.
  public var clips: ClipSet
  /// Number of these clips and recordings.
  public var measured: Int
  /// Number of those that the model was trained on.
  public var trainedOn: Int
  /// Clips and recordings that could not be read.
  public var skipped: [SkippedClip]
  /// What decides the answer to each clip, by half.
  var answers: [[HalvedAnswer]]
  /// Whether there are recordings without keywords.
  var hasTalk: Bool
}

extension BatchEvaluation {
  /// Measures the plan's clips in two halves.
  ///
  /// - Parameter progress: Called with the number of items done.
  /// - Returns: The counts of each half, and the clips.
  /// - Throws: `EvaluationError.nothingReadable`.
  public func halves(progress: (Int) -> Void = { _ in }) throws -> HalvedClips {
    var halves = SpeakerHalves(classifier.model, hasTalk: !plan.alarmAudio.isEmpty)
    var hashes: [UInt64] = []
    var (measured, trainedOn) = (0, 0)
    let tally = try run(
      progress: { progress($0.done) },
      inspected: { prediction, name, inspected in
        measured += 1
        if classifier.model.history.role(of: inspected.contentHash) == .trained { trainedOn += 1 }
        // Silent clips are left out: all of one length have the same hash.
        if inspected.facts.level > ClipFacts.leastLevel { hashes.append(inspected.contentHash) }
        if let prediction {
          halves.add(prediction, inspected.answer)
        } else {
          halves.addAlarmAudio(name, inspected.answer)
        }
      })
    try tally.check(plan.summary)
    return HalvedClips(
      counts: (halves.counts[0], halves.counts[1]), quiet: (halves.quiet[0], halves.quiet[1]),
      clips: ClipSet(hashes), measured: measured,
      trainedOn: trainedOn, skipped: tally.skipped + tally.skippedAlarmAudio,
      answers: halves.answers, hasTalk: !plan.alarmAudio.isEmpty)
  }
}
