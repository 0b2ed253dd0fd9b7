import Basics
import Datasets
import Recognition
import Sound
import Statistics

/// Why no rule can be chosen, in one sentence.
public enum RuleError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No keyword is said in one of the halves.
  case oneHalf(recordings: Int)
  /// No rule that meets the target finds a word.
  case findsNothing(ThresholdChoice.Target)

  /// One sentence: what is wrong and what to do.
  public var description: String {
    switch self {
    case .oneHalf(let count):
      "the speakers of \(counted(count, "recording")) do not divide into two halves that both say "
        + "keywords: give recordings of more speakers, or cut long ones into several"
    case .findsNothing(let target):
      "no rule for \(target.text) finds any word: train a better model, or ask for less"
    }
  }
}

/// What `EventEvaluation.chooseRule` found.
public struct ChosenRule: Sendable {
  /// The rule and what is proven of it.
  public var choice: RuleChoice
  /// The recordings that chose it, by content.
  public var clips: ClipSet
  /// What could not be read.
  public var skipped: [SkippedClip]
}

extension EventEvaluation {
  /// The usual fine step of a search, in seconds.
  public static let usualStep = 0.08

  /// Chooses the rule for listening on all recordings, and measures the way of choosing by crossing over
  /// two halves of the speakers.
  ///
  /// - Parameters:
  ///   - target: What to meet: false alarms an hour, or misses.
  ///   - step: The finest step to try, in seconds; its multiples by 2 and 3 are tried too.
  ///   - progress: Called with the number of recordings that are done.
  /// - Returns: The rule, what is proven of it, and on what.
  /// - Throws: `RuleError`, or `EvaluationError.nothingReadable`.
  public func chooseRule(
    _ target: ThresholdChoice.Target, step: Double? = nil, progress: (Int) -> Void = { _ in }
  ) throws -> ChosenRule {
    // What divides badly is said before the listening, which may take an hour.
    guard bothHalvesSpeak(plan.items.map { ($0.half, $0.truth) }) else {
      throw RuleError.oneHalf(recordings: plan.count)
    }
    let model = classifier.model
    let fine = step ?? min(Self.usualStep, model.window.maximumSeconds / 4)
    var skipped: [SkippedClip] = []
    var recordings: [ScoredRecording] = []
    for (item, result) in zip(plan.items, scored(step: fine, progress: progress)) {
      switch result {
      case .success(let recording): recordings.append(recording)
      case .failure(let error):
        skipped.append(SkippedClip(path: item.name, reason: error.description))
      }
    }
    if recordings.isEmpty, let first = skipped.first {
      throw EvaluationError.nothingReadable(clips: plan.count, first: first.reason)
    }
    guard bothHalvesSpeak(recordings.map { ($0.half, $0.truth) }) else {
      throw RuleError.oneHalf(recordings: recordings.count)
    }
    var window = model.window
    window.hopSeconds = fine
    let hop = window.hop(
      sampleRate: model.frontEnd.sampleRate, frameHop: model.frontEnd.hopLength)
    let search = RuleSearch(
      recordings: recordings, keywords: plan.keywords, prior: model.rule.prior, target: target,
      tolerance: plan.tolerance,
      hop: hop, rate: Double(model.frontEnd.sampleRate),
      longestStep: window.length(sampleRate: model.frontEnd.sampleRate), threads: classifier.threads
    )
    var choice = RuleChoice(search, for: model)
    if choice.keywords.allSatisfy({ $0.findsNothing == true || $0.said == 0 }) {
      throw RuleError.findsNothing(target)
    }
    choice.trainedOn = recordings.count {
      model.history.role(of: $0.contentHash) == .trained
    }
    return ChosenRule(
      choice: choice, clips: ClipSet(recordings.map(\.contentHash)), skipped: skipped)
  }

  /// Whether a keyword is said in both halves of the speakers.
  private func bothHalvesSpeak(_ recordings: [(half: Int, truth: RecordingTruth)]) -> Bool {
    let speaking = recordings.filter { recording in
      plan.keywords.contains { recording.truth.count(of: $0) > 0 }
    }
    return Set(speaking.map(\.half)).count == 2
  }
}

extension RuleChoice {
  /// Runs a search three times: on either half, to judge it on the other, and on all.
  init(_ search: RuleSearch, for model: KeywordModel) {
    let first = search.firstShapes
    let firstCurves = search.curves(first)
    var known: [(shape: RuleSearch.Shape, shapes: [RuleSearch.Shape], curves: [[RuleCounts]])] = []
    /// The best of both stages, with the curve of its shape.
    func best(_ part: RuleSearch.Part) -> (choice: RuleSearch.Choice, curve: [RuleCounts]) {
      let start = search.best(first, firstCurves, by: part).shape
      if !known.contains(where: { $0.shape == start }) {
        let shapes = search.secondShapes(start)
        known.append((start, shapes, search.curves(shapes)))
      }
      let (_, shapes, curves) = known.first { $0.shape == start }!
      let choice = search.best(shapes, curves, by: part)
      return (choice, curves[shapes.firstIndex(of: choice.shape)!])
    }
    let parts = [RuleSearch.Part.half(0), .half(1), .all].map(best)
    // One threshold for all keywords, and one for each, each judged by crossing over.
    let all = RuleSearch.Part.all
    let ways = [false, true].map { hasOwn -> (crossed: RuleCounts, rule: ListeningRule) in
      func rule(_ index: Int, _ part: RuleSearch.Part) -> ListeningRule {
        let (choice, curve) = parts[index]
        return hasOwn ? search.perKeyword(choice, curve, by: part) : choice.rule
      }
      var crossed = RuleCounts(keywords: search.keywords.count)
      for half in 0..<2 {
        let counts = search.counts(parts[1 - half].choice.shape, rule(1 - half, .half(1 - half)))
        crossed.found[half] = counts.found[half]
        crossed.falseAlarms[half] = counts.falseAlarms[half]
      }
      return (crossed, rule(2, all))
    }
    let (said, hours) = (search.said(all), search.hours(all))
    func sum(_ counts: [[Int]]) -> Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }
    func result(_ counts: RuleCounts) -> Result {
      Result(
        found: sum(counts.found), falseAlarms: sum(counts.falseAlarms), said: said.reduce(0, +),
        hours: hours)
    }
    let results = ways.map { result($0.crossed) }
    let isOwnBetter = Self.isBetter(
      results[1], than: results[0], search.target, hours: hours)
    let (crossed, rule) = ways[isOwnBetter ? 1 : 0]
    let shape = parts[2].choice.shape
    var window = model.window
    window.hopSeconds = Double(shape.multiple * search.hop) / search.rate
    let outcome = results[isOwnBetter ? 1 : 0]
    let (verdict, unproven) = Self.judgement(search.target, hours, outcome)
    let found = search.counts(shape, rule).found
    self.init(
      target: search.target, rule: AlarmRule(window, rule), recordings: search.recordings.count,
      trainedOn: 0, hours: hours, tolerance: search.tolerance,
      tried: first.count + known.reduce(0) { $0 + $1.shapes.count }, crossed: outcome,
      chosen: result(search.counts(shape, rule)),
      keywords: search.keywords.enumerated().map { index, label in
        Keyword(
          label: label, threshold: rule[label].threshold ?? 1, said: said[index],
          missed: said[index] - crossed.found[0][index] - crossed.found[1][index],
          falseAlarms: crossed.falseAlarms[0][index] + crossed.falseAlarms[1][index],
          findsNothing: said[index] > 0 && found[0][index] + found[1][index] == 0 ? true : nil)
      }, verdict: verdict, unproven: unproven)
  }

  /// Whether a result is better: one that refutes the target comes last, and of the others the one with
  /// fewer misses, or false alarms where misses are the target, is better.
  ///
  /// A few alarms more or fewer are chance: if they decided, one threshold for each keyword would win that
  /// loses many more words.
  static func isBetter(
    _ left: Result, than right: Result, _ target: ThresholdChoice.Target, hours: Double
  ) -> Bool {
    func rank(_ result: Result) -> (Int, Double, Double) {
      let missed = result.missed.value ?? 1
      let isRefuted = judgement(target, hours, result).0 == .refuted
      switch target {
      case .falseRejects:
        return isRefuted ? (1, missed, result.perHour) : (0, result.perHour, missed)
      case .falseAlarmsPerHour, .falseAccepts:
        return isRefuted ? (1, result.perHour, missed) : (0, missed, result.perHour)
      }
    }
    return rank(left) < rank(right)
  }

  private static func judgement(
    _ target: ThresholdChoice.Target, _ hours: Double, _ result: Result
  ) -> (TargetVerdict, String?) {
    switch target {
    case .falseRejects(let share):
      guard let low = result.missed.low, let high = result.missed.high else {
        return (.unproven, "no word is said")
      }
      if high <= share { return (.proven, nil) }
      let isRefuted = low > share
      return (
        isRefuted ? .refuted : .unproven,
        "at \(isRefuted ? "least \(TextCell.percent(low))" : "most \(TextCell.percent(high))") misses "
          + "are proven (95%), not \(TextCell.percent(share)): "
          + (isRefuted
            ? "train a better model or ask for less" : "measure more words or train a better model")
      )
    case .falseAlarmsPerHour(let rate), .falseAccepts(let rate):
      return TargetVerdict.ofAlarms(
        rate, low: result.lowBound ?? 0, high: result.bound, hours: hours)
    }
  }
}
