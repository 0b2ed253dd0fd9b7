import Basics
import Recognition
import Sound

/// The scores of one recording's keywords in windows at a fine step, from which those at its multiples
/// are taken.
struct ScoredRecording: Sendable {
  /// Half of the speakers, 0 or 1, for crossing over.
  var half: Int
  var hours: Double
  var truth: RecordingTruth
  /// Samples of each window at the model's rate; all but the last begin at multiples of the fine step.
  var ranges: [Range<Int>]
  /// (windows, keywords), at the rule's prior.
  var scores: [[Float]]
  /// Names the recording by its samples.
  var contentHash: UInt64

  /// The windows at a multiple of the fine step, as a session at that step gives them.
  ///
  /// - Parameters:
  ///   - multiple: Fine steps in a step.
  ///   - hop: Samples of the fine step.
  /// - Returns: Places among `ranges`.
  func places(every multiple: Int, hop: Int) -> [Int] {
    ranges.indices.filter {
      ranges[$0].lowerBound % (multiple * hop) == 0 || $0 == ranges.count - 1
    }
  }
}

/// One recording's windows at one step, averaged.
struct AveragedRecording: Sendable {
  private let truth: RecordingTruth
  let half: Int
  private let seconds: [ClosedRange<Double>]
  /// (windows, keywords).
  private let rows: [[Float]]
  /// The largest of each row.
  private let largest: [Float]

  init(_ recording: ScoredRecording, every multiple: Int, hop: Int, rate: Double, smoothing: Int) {
    (truth, half) = (recording.truth, recording.half)
    let places = recording.places(every: multiple, hop: hop)
    seconds = places.map {
      let range = recording.ranges[$0]
      return Double(range.lowerBound) / rate...Double(range.upperBound) / rate
    }
    var mean = PosteriorMean(of: smoothing)
    rows = places.map {
      mean.push(recording.scores[$0])
      return mean.value
    }
    largest = rows.map { $0.max() ?? 0 }
  }

  /// Listens by a rule, whose scores are averaged already, and judges what fires.
  ///
  /// The rule decides without waiting for an event's end, and has a threshold for every keyword. Windows
  /// in which no keyword is held change nothing but the first of them, so the others are left out.
  func listen(
    _ rule: ListeningRule, keywords: [String], tolerance: Double, into counts: inout RuleCounts
  ) {
    var rule = rule
    rule.smoothing = 1
    var detector = EventDetector(rule, Decision(), labels: keywords)
    var matcher = EventMatcher(truth, tolerance: tolerance)
    let least = keywords.map { (rule[$0].threshold ?? 1) * rule[$0].releaseShare }.min() ?? 1
    var wasHeld = false
    for index in rows.indices {
      let isHeld = largest[index] >= least
      defer { wasHeld = isHeld }
      guard isHeld || wasHeld else { continue }
      counts.add(detector.push(rows[index], seconds[index]), keywords, &matcher, half: half)
    }
    counts.add(detector.finish(), keywords, &matcher, half: half)
  }
}

/// What one rule finds in either half of the recordings.
struct RuleCounts: Equatable, Sendable {
  /// (halves, keywords).
  var found: [[Int]]
  var falseAlarms: [[Int]]

  init(keywords: Int) {
    found = Array(repeating: Array(repeating: 0, count: keywords), count: 2)
    falseAlarms = found
  }

  fileprivate mutating func add(
    _ findings: [Finding], _ keywords: [String], _ matcher: inout EventMatcher, half: Int
  ) {
    for case .event(let event) in findings {
      let index = keywords.firstIndex(of: event.label)!
      switch matcher.take(event) {
      case .hit, .mention: found[half][index] += 1
      case .falseAlarm: falseAlarms[half][index] += 1
      case .wrongWord: break
      }
    }
  }
}

extension EventEvaluation {
  /// Scores all recordings in windows every `step` seconds; memory holds the scores of all of them, four
  /// bytes a window and keyword.
  ///
  /// - Returns: In the order of the plan, the scores, or why a recording cannot be read.
  func scored(
    step: Double, progress: (Int) -> Void
  ) -> [Result<ScoredRecording, AudioError>] {
    let columns = plan.keywords.map { classifier.model.labels.firstIndex(of: $0)! }
    var scored: [Result<ScoredRecording, AudioError>] = []
    let group = 8 * classifier.threads
    while scored.count < plan.count {
      let items = plan.items[scored.count..<min(plan.count, scored.count + group)]
      scored += Parallel.map(items.count, threads: classifier.threads) { index, _ in
        Result { () throws(AudioError) in
          try score(items[items.startIndex + index], step: step, columns)
        }
      }
      progress(scored.count)
    }
    return scored
  }

  private func score(
    _ item: EventPlan.Item, step: Double, _ columns: [Int]
  ) throws(AudioError) -> ScoredRecording {
    let rate = Double(classifier.model.frontEnd.sampleRate)
    let session = classifier.recogniser.session(stepSeconds: step)
    var hash = ContentHash.Accumulator()
    var windows: [(range: Range<Int>, scores: [Float])] = []
    var fault: FrontEndError?
    let model = classifier.model
    let factors = model.rule.factors(model.decision, model.labels)
    func take(_ found: [Session.Window]) {
      windows += found.map { window in
        let posteriors = scaled(window.posteriors, by: factors)
        return (window.range, columns.map { posteriors[$0] })
      }
    }
    _ = try classifier.reader.read(
      .file(item.path),
      begin: {
        session.reset()
        (windows, fault, hash) = ([], nil, ContentHash.Accumulator())
      },
      take: { samples in
        guard fault == nil else { return }
        hash.add(samples)
        do throws(FrontEndError) { take(try session.push(samples)) } catch { fault = error }
      })
    do throws(FrontEndError) {
      if let fault { throw fault }
      take(try session.finish())
    } catch { throw .broken(name: item.name, reason: "\(error)") }
    return ScoredRecording(
      half: item.half, hours: Double(session.sampleCount) / rate / 3_600,
      truth: item.truth, ranges: windows.map(\.range), scores: windows.map(\.scores),
      contentHash: hash.value)
  }
}
