import Basics
import Datasets
import Recognition
import Sound

/// The events of a model in one recording, judged by its labels.
struct RecordingEvents: Sendable {
  /// An event with what it is.
  struct Judged: Sendable {
    var event: Event
    var verdict: EventMatcher.Verdict
  }

  var cluster: EventCluster
  /// nil without a gate.
  var gate: GateCounts?
  var events: [Judged] = []
  var missed: [MissedWord] = []
  /// From the end of each word that was found to the decision, in seconds, with its keyword's index.
  var latencies: [(keyword: Int, seconds: Double)] = []
  /// From the end of each missed word to a false alarm of the same keyword whose window holds the
  /// word's middle, in seconds: the word was recognised, but decided later than is allowed.
  var late: [Double] = []
  /// `ContentHash` of the recording's samples.
  var contentHash: UInt64 = 0
  var seconds = 0.0
}

/// Recognises one recording by a model's rule, window by window, and judges its events.
///
/// Memory does not grow with the recording, but for its labels and events.
struct RecordingJudge {
  private let model: KeywordModel
  private let keywords: [String]
  private let truth: RecordingTruth
  private let path: String
  private let tolerance: Double
  private let listener: Listener
  /// The same without the gate, where there is one.
  private var ungated: UngatedJudge?
  private var gateCounts = GateCounts()
  private var sweep: EventSweep
  private var matcher: EventMatcher
  private var judged: [RecordingEvents.Judged] = []
  private var peaks: WordPeaks
  private var hash = ContentHash.Accumulator()

  init(
    _ classifier: Classifier, keywords: [String], path: String, _ truth: RecordingTruth,
    tolerance: Double, gate: EnergyGate?
  ) {
    model = classifier.model
    (self.keywords, self.path, self.truth, self.tolerance) = (keywords, path, truth, tolerance)
    listener = Listener(
      model, classifier.recogniser,
      StreamFormat(sampleRate: model.frontEnd.sampleRate, channels: 1), gate: gate)
    ungated = gate.map { _ in UngatedJudge(classifier, truth, tolerance: tolerance) }
    sweep = EventSweep(
      model.rule, model.decision, labels: model.labels, keywords: keywords, truth,
      tolerance: tolerance)
    matcher = EventMatcher(truth, tolerance: tolerance)
    peaks = WordPeaks(truth, labels: model.labels, tolerance: tolerance)
  }

  mutating func push(_ samples: [Float]) throws(FrontEndError) {
    hash.add(samples)
    try ungated?.push(samples)
    var windows: [Listener.Window] = []
    let findings = try listener.push(samples) { windows.append($0) }
    take(windows, findings)
  }

  mutating func finish() throws(FrontEndError) -> RecordingEvents {
    var windows: [Listener.Window] = []
    let findings = try listener.finish { windows.append($0) }
    take(windows, findings)
    sweep.finish()
    var result = result(seconds: listener.seconds)
    if ungated != nil {
      var counts = try ungated!.finish(matcher.isFound, mentionsFound)
      (counts.windows, counts.quietWindows) = (gateCounts.windows, gateCounts.quietWindows)
      result.gate = counts
    }
    return result
  }

  private mutating func take(_ windows: [Listener.Window], _ findings: [Finding]) {
    for window in windows {
      gateCounts.windows += 1
      if window.isQuiet { gateCounts.quietWindows += 1 }
      sweep.push(window.posteriors, window.seconds)
      peaks.push(window)
    }
    for case .event(let event) in findings {
      judged.append(RecordingEvents.Judged(event: event, verdict: matcher.take(event)))
    }
  }

  /// By keyword, how many words without times are found.
  private var mentionsFound: [String: Int] {
    judged.reduce(into: [:]) { counts, judged in
      if case .mention = judged.verdict { counts[judged.event.label, default: 0] += 1 }
    }
  }

  /// Of each word that was missed, how long after its end a false alarm of its window names it.
  private var lateDecisions: [Double] {
    var late: [Int: Double] = [:]
    for judged in judged where judged.verdict == .falseAlarm {
      let event = judged.event
      for (index, word) in truth.words.enumerated() where !matcher.isFound[index] {
        let (start, end) = (word.seconds.lowerBound, word.seconds.upperBound)
        guard late[index] == nil, word.label == event.label, event.decided > end + tolerance,
          event.seconds.contains((start + end) / 2)
        else { continue }
        late[index] = event.decided - end
        break
      }
    }
    return late.sorted { $0.key < $1.key }.map(\.value)
  }

  private func result(seconds: Double) -> RecordingEvents {
    var cluster = EventCluster(keywords: keywords.count)
    cluster.hours.add(seconds / 3_600)
    for (index, keyword) in keywords.enumerated() {
      cluster.said[index] = truth.count(of: keyword)
      cluster.mentions[index] = truth.mentions[keyword, default: 0]
    }
    (cluster.foundAt, cluster.falseAlarmsAt) = (sweep.found, sweep.falseAlarms)
    var result = RecordingEvents(cluster: cluster)
    (result.events, result.seconds, result.contentHash) = (judged, seconds, hash.value)
    let indices = Dictionary(uniqueKeysWithValues: zip(keywords, 0...))
    var left = truth.mentions
    for judged in judged {
      let index = indices[judged.event.label]!
      switch judged.verdict {
      case .hit(let word):
        result.cluster.found[index] += 1
        let end = truth.words[word].seconds.upperBound
        result.latencies.append((index, judged.event.decided - end))
      case .mention:
        result.cluster.found[index] += 1
        left[judged.event.label]! -= 1
      case .wrongWord: result.cluster.wrongWords[index] += 1
      case .falseAlarm: result.cluster.falseAlarms[index] += 1
      }
    }
    result.late = lateDecisions
    for (index, word) in truth.words.enumerated() where !matcher.isFound[index] {
      result.missed.append(
        MissedWord(
          path: path, label: word.label, start: word.seconds.lowerBound,
          end: word.seconds.upperBound, probability: peaks.words[index]))
    }
    for keyword in keywords {
      for _ in 0..<left[keyword, default: 0] {
        result.missed.append(
          MissedWord(path: path, label: keyword, probability: peaks.recording[keyword]))
      }
    }
    return result
  }
}

/// The highest averaged posterior of each word of a recording while it could be found.
private struct WordPeaks: Sendable {
  private var reach: WordsInReach
  private let classes: [Int]
  private let mentioned: [(keyword: String, index: Int)]
  /// By word of the truth.
  private(set) var words: [Float?]
  /// Of the keywords whose times are not known, over the whole recording.
  private(set) var recording: [String: Float] = [:]

  init(_ truth: RecordingTruth, labels: [String], tolerance: Double) {
    let indices = Dictionary(uniqueKeysWithValues: zip(labels, 0...))
    reach = WordsInReach(truth.words, tolerance: tolerance)
    classes = truth.words.map { indices[$0.label]! }
    mentioned = truth.mentions.keys.map { ($0, indices[$0]!) }
    words = Array(repeating: nil, count: truth.words.count)
  }

  mutating func push(_ window: Listener.Window) {
    let end = window.seconds.upperBound
    for (keyword, index) in mentioned {
      recording[keyword] = max(recording[keyword] ?? 0, window.averaged[index])
    }
    for index in reach.indices(at: end) {
      words[index] = max(words[index] ?? 0, window.averaged[classes[index]])
    }
  }
}
