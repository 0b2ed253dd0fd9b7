import Basics
import Recognition

/// Searches the whole rule for listening: step, smoothing, least windows, settling, refractory time,
/// release and thresholds.
///
/// In two stages: first what averages and counts windows, then, of the best of these, what follows a
/// first firing. In both every threshold of `EventSweep` is tried. Of rules that are equally good the
/// first, which is the simplest, is taken.
struct RuleSearch: Sendable {
  /// A rule without its thresholds, and its step.
  struct Shape: Equatable, Sendable {
    /// Fine steps in a step.
    var multiple: Int
    var rule: ListeningRule
  }

  /// A shape with its thresholds, and what it gives.
  struct Choice: Sendable {
    var shape: Shape
    /// With the thresholds.
    var rule: ListeningRule
    var missed: Int
    var falseAlarms: Int
  }

  let recordings: [ScoredRecording]
  let keywords: [String]
  /// The prior of every rule.
  let prior: PriorTarget?
  let target: ThresholdChoice.Target
  let tolerance: Double
  /// Samples of the fine step.
  let hop: Int
  /// The model's rate, in Hz.
  let rate: Double
  /// Samples of a window, which no step exceeds.
  let longestStep: Int
  let threads: Int

  /// Rules are compared on one half of the speakers, or on all.
  enum Part: Equatable, Sendable {
    case half(Int)
    case all

    fileprivate var halves: [Int] { if case .half(let half) = self { [half] } else { [0, 1] } }
  }

  /// Fine steps in a step that are tried.
  static let multiples = [3, 2, 1]
  private static let smoothings = [1, 2, 3, 4, 6, 8]
  private static let leastWindows = [1, 2, 3]
  private static let settleSeconds = [0, 0.2, 0.4]
  private static let refractorySeconds = [1, 0.5, 2]
  private static let releaseShares: [Float] = [1, 0.5]
  /// Longer averages than this are not tried, in seconds.
  private static let longestMean = 1.0

  /// The shapes of the first stage, the simplest first.
  var firstShapes: [Shape] {
    Self.multiples.filter { $0 == 1 || $0 * hop <= longestStep }.flatMap { multiple in
      Self.smoothings.filter {
        Double($0 * multiple * hop) / rate <= Self.longestMean || $0 == 1
      }.flatMap { smoothing in
        Self.leastWindows.map { least in
          var rule = ListeningRule()
          rule.mustBeLikeliest = false
          rule.prior = prior
          (rule.smoothing, rule.conditions.leastWindows) = (smoothing, least)
          return Shape(multiple: multiple, rule: rule)
        }
      }
    }
  }

  /// The shapes of the second stage around one of the first, the simplest first.
  func secondShapes(_ shape: Shape) -> [Shape] {
    Self.refractorySeconds.flatMap { refractory in
      Self.settleSeconds.flatMap { settle in
        Self.releaseShares.map { release in
          var shape = shape
          shape.rule.settleSeconds = settle
          shape.rule.conditions.refractorySeconds = refractory
          shape.rule.conditions.releaseShare = release
          return shape
        }
      }
    }
  }

  /// What shapes give at every threshold of `EventSweep`: (shapes, thresholds).
  func curves(_ shapes: [Shape], _ progress: @Sendable () -> Void = {}) -> [[RuleCounts]] {
    Parallel.map(shapes.count, threads: threads) { index, _ in
      defer { progress() }
      let averaged = averaged(shapes[index])
      return EventSweep.thresholds.map {
        counts(averaged, shapes[index].rule.sweeping($0))
      }
    }
  }

  /// What one rule gives.
  func counts(_ shape: Shape, _ rule: ListeningRule) -> RuleCounts {
    counts(averaged(shape), rule)
  }

  private func averaged(_ shape: Shape) -> [AveragedRecording] {
    recordings.map {
      AveragedRecording(
        $0, every: shape.multiple, hop: hop, rate: rate, smoothing: shape.rule.smoothing)
    }
  }

  private func counts(_ averaged: [AveragedRecording], _ rule: ListeningRule) -> RuleCounts {
    var counts = RuleCounts(keywords: keywords.count)
    for recording in averaged {
      recording.listen(rule, keywords: keywords, tolerance: tolerance, into: &counts)
    }
    return counts
  }

  /// How often keywords are said in a part: by keyword.
  func said(_ part: Part) -> [Int] {
    keywords.map { keyword in
      recordings.reduce(0) {
        part.halves.contains($1.half) ? $0 + $1.truth.count(of: keyword) : $0
      }
    }
  }

  /// Length of the recordings of a part.
  func hours(_ part: Part) -> Double {
    recordings.reduce(0) { part.halves.contains($1.half) ? $0 + $1.hours : $0 }
  }

  /// The best shape by what a part of the recordings says, with one threshold for all keywords.
  func best(_ shapes: [Shape], _ curves: [[RuleCounts]], by part: Part) -> Choice {
    let choices = zip(shapes, curves).map { shape, curve in
      choice(shape, curve, by: part)
    }
    return choices.dropFirst().reduce(choices[0]) { isBetter($1, than: $0) ? $1 : $0 }
  }

  /// Whether one rule meets the target better.
  func isBetter(_ left: Choice, than right: Choice) -> Bool {
    if case .falseRejects = target {
      return (left.falseAlarms, left.missed) < (right.falseAlarms, right.missed)
    }
    return (left.missed, left.falseAlarms) < (right.missed, right.falseAlarms)
  }

  private func choice(_ shape: Shape, _ curve: [RuleCounts], by part: Part) -> Choice {
    let (said, hours) = (said(part).reduce(0, +), hours(part))
    let found = curve.map { Self.sum($0.found, part) }
    let alarms = curve.map { Self.sum($0.falseAlarms, part) }
    let level = Self.level(found, alarms, said: said, hours: hours, target)
    return Choice(
      shape: shape, rule: shape.rule.sweeping(level.map { EventSweep.thresholds[$0] } ?? 1),
      missed: said - (level.map { found[$0] } ?? 0), falseAlarms: level.map { alarms[$0] } ?? 0)
  }

  private static func sum(_ counts: [[Int]], _ part: Part) -> Int {
    part.halves.reduce(0) { $0 + counts[$1].reduce(0, +) }
  }

  /// A threshold for each keyword, each with an equal share of the target; the shape is that of a choice
  /// with one threshold, which a keyword keeps that would not be found with its own.
  func perKeyword(_ choice: Choice, _ curve: [RuleCounts], by part: Part) -> ListeningRule {
    let (said, hours) = (said(part), hours(part))
    var rule = choice.shape.rule
    for (index, keyword) in keywords.enumerated() {
      let found = curve.map { counts in part.halves.reduce(0) { $0 + counts.found[$1][index] } }
      let alarms = curve.map { counts in
        part.halves.reduce(0) { $0 + counts.falseAlarms[$1][index] }
      }
      let level = Self.level(
        found, alarms, said: said[index], hours: hours, target.share(of: keywords.count))
      rule.keywords[keyword] = rule.conditions
      let own = level.flatMap {
        said[index] > 0 && found[$0] == 0 ? nil : EventSweep.thresholds[$0]
      }
      rule.keywords[keyword]!.threshold = own ?? choice.rule.conditions.threshold ?? 1
    }
    // Of the keywords that the model may yet learn there are none.
    rule.conditions.threshold = rule.keywords.values.compactMap(\.threshold).max()
    return rule
  }

  /// The threshold that a curve asks for, in the middle of those that give the same; nil where none
  /// meets the target.
  static func level(
    _ found: [Int], _ alarms: [Int], said: Int, hours: Double, _ target: ThresholdChoice.Target
  ) -> Int? {
    switch target {
    case .falseRejects(let share):
      let allowed = share * Double(said)
      guard let top = found.lastIndex(where: { Double(said - $0) <= allowed }) else { return nil }
      let bottom = alarms.firstIndex { $0 <= alarms[top] } ?? top
      return (min(bottom, top) + top) / 2
    case .falseAlarmsPerHour(let rate), .falseAccepts(let rate):
      guard let bottom = EventCurve.level(alarms, allowing: rate * hours) else { return nil }
      let top = found.lastIndex { $0 >= found[bottom] } ?? bottom
      return (bottom + max(bottom, top) + 1) / 2
    }
  }
}

extension ThresholdChoice.Target {
  /// The part of the target that one of `count` keywords may use up.
  fileprivate func share(of count: Int) -> Self {
    if case .falseAlarmsPerHour(let rate) = self {
      .falseAlarmsPerHour(rate / Double(count))
    } else {
      self
    }
  }
}
