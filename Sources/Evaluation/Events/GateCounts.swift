import Datasets
import Recognition
import Sound

/// What an energy gate leaves out, and what that changes.
struct GateCounts: Equatable, Sendable {
  /// Windows, and those of them that are left out.
  var windows = 0
  var quietWindows = 0
  /// Words that are found without the gate only.
  var lostHits = 0
  /// Found words and false alarms without the gate.
  var hits = 0
  var falseAlarms = 0

  mutating func merge(_ other: GateCounts) {
    windows += other.windows
    quietWindows += other.quietWindows
    lostHits += other.lostHits
    hits += other.hits
    falseAlarms += other.falseAlarms
  }
}

/// Recognises a recording without the gate and judges its events, to tell what the gate costs.
struct UngatedJudge {
  private let listener: Listener
  private let truth: RecordingTruth
  private var matcher: EventMatcher
  private var counts = GateCounts()
  /// Found words without times, by keyword.
  private var mentions: [String: Int] = [:]

  init(_ classifier: Classifier, _ truth: RecordingTruth, tolerance: Double) {
    self.truth = truth
    listener = Listener(
      classifier.model, classifier.recogniser,
      StreamFormat(sampleRate: classifier.model.frontEnd.sampleRate, channels: 1))
    matcher = EventMatcher(truth, tolerance: tolerance)
  }

  mutating func push(_ samples: [Float]) throws(FrontEndError) { take(try listener.push(samples)) }

  /// Ends the recording.
  ///
  /// - Parameters:
  ///   - isFound: By word, whether it is found with the gate.
  ///   - mentions: By keyword, how many words without times are found with the gate.
  /// - Returns: The counts, but for windows.
  /// - Throws: `FrontEndError` for a sample that is not finite.
  mutating func finish(
    _ isFound: [Bool], _ mentions: [String: Int]
  ) throws(FrontEndError) -> GateCounts {
    take(try listener.finish())
    counts.lostHits = zip(matcher.isFound, isFound).count { $0 && !$1 }
    for (keyword, count) in self.mentions {
      counts.lostHits += max(0, count - mentions[keyword, default: 0])
    }
    return counts
  }

  private mutating func take(_ findings: [Finding]) {
    for case .event(let event) in findings {
      switch matcher.take(event) {
      case .hit: counts.hits += 1
      case .mention:
        counts.hits += 1
        mentions[event.label, default: 0] += 1
      case .falseAlarm: counts.falseAlarms += 1
      case .wrongWord: break
      }
    }
  }
}
