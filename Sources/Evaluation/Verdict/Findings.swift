import Basics
import Recognition

/// The most important findings of a report, with the next step; every figure is in a table too.
enum Findings {
  /// The findings, one or two sentences each, the most important kinds first.
  static func all(_ report: EvaluationReport) -> [Phrase] {
    [
      alarms(report), unknownWords(report), newClips(report), weakestClass(report),
      confusion(report), condition(report), speaker(report), confidence(report), talk(report),
    ]
    .compactMap { $0 }
  }

  private static func percent(_ share: Double) -> String { TextCell.percent(share) }

  private static func alarms(_ report: EvaluationReport) -> Phrase? {
    guard let alarms = report.alarms, [.poor, .fair].contains(alarms.grade) else { return nil }
    let loud = alarms.keywords.filter { $0.alarms > 0 }
      .sorted { ($1.alarms, $0.label) < ($0.alarms, $1.label) }.prefix(3)
    let names = Phrase.list(loud.map { "\(name: $0.label) (\($0.alarms))" })
    return "False alarms come most as \(names). Choose stricter thresholds with kws tune "
      + "--max-false-alarms-per-hour 1, and teach what fires: kws mine cuts it out of talk, kws train "
      + "--negatives learns it."
  }

  private static func unknownWords(_ report: EvaluationReport) -> Phrase? {
    // A single clip is no finding.
    let words = (report.unknownWords ?? []).filter { $0.fired > 1 }.prefix(3)
    if words.isEmpty { return nil }
    let names = Phrase.list(
      words.map { word in
        let first = word.answers[0]
        let often = first.clips == word.fired ? "" : " \(first.clips) times"
        return "\(name: word.word) (\(word.fired) of \(word.clips) clips,\(often) as "
          + "\(name: first.label))"
      })
    return "Other words that fire: \(names). Record such words of several people into "
      + "\(ClassLabel.unknown), and train again."
  }

  private static func newClips(_ report: EvaluationReport) -> Phrase? {
    let headline = HeadlineText(report)
    if headline.isOfMetClips {
      return "Record a person who is not in the training data, and measure these clips: only new "
        + "clips tell how good the model is."
    }
    guard headline.isTooFewToTell else { return nil }
    return "Measure more clips, a hundred of five people or more whom the model has not met."
  }

  private static func weakestClass(_ report: EvaluationReport) -> Phrase? {
    let weak = report.classes.filter {
      $0.support >= Verdict.fewestClips && $0.recall.value != nil && $0.recall.value! < 1
    }.min { ($0.recall.value!, $0.label) < ($1.recall.value!, $1.label) }
    guard let weak, let recall = weak.recall.value else { return nil }
    return "\(name: weak.label) is recognised least often: \(percent(recall)) of \(weak.support) "
      + "clips. Listen to its wrong clips below; more and more varied recordings of it help most."
  }

  private static func confusion(_ report: EvaluationReport) -> Phrase? {
    guard let most = report.confusions.first, most.count > 1 else { return nil }
    return "Most frequent confusion: \(name: report.classes[most.label].label) recognised as "
      + "\(name: report.classes[most.answer].label), \(most.count) of \(report.wrongCount) wrong "
      + "clips. If the two sound alike, longer or more different words help most; else check their labels with "
      + "kws audit before training again."
  }

  /// The worst group of clips whose interval is below that of all clips.
  private static func condition(_ report: EvaluationReport) -> Phrase? {
    guard let all = report.accuracy.low else { return nil }
    var worst: (kind: SliceKind, group: EvaluationReport.Group)?
    for slice in report.slices ?? [] where slice.groups.count > 1 {
      for group in slice.groups
      where group.accuracy.high! < all && group.accuracy.n >= Verdict.fewestClips {
        if worst.map({ group.accuracy.value! < $0.group.accuracy.value! }) ?? true {
          worst = (slice.kind, group)
        }
      }
    }
    guard let worst else { return nil }
    return "By \(worst.kind.title), clips of \(worst.group.name) do worst: "
      + "\(percent(worst.group.accuracy.value!)) of \(worst.group.accuracy.n) right. If such "
      + "clips are expected in use, train with more of them."
  }

  private static func speaker(_ report: EvaluationReport) -> Phrase? {
    guard let all = report.accuracy.low, let speakers = report.worstSpeakers else { return nil }
    let far = speakers.filter {
      $0.accuracy.high! < all && $0.accuracy.n >= Verdict.fewestClips
    }
    guard let first = far.first else { return nil }
    let share = "\(percent(first.accuracy.value!)) of \(first.accuracy.n) clips"
    if far.count == 1 {
      return
        "\(name: first.name) is understood clearly less often than the rest: \(share). Listen to "
        + "the clips: the recording or the labels may be at fault."
    }
    return
      "\(far.count == 10 ? "At least 10" : "\(far.count)") speakers are understood clearly less "
      + "often than the rest, least of all \(name: first.name) (\(share))."
  }

  private static func confidence(_ report: EvaluationReport) -> Phrase? {
    let bins = report.calibration ?? []
    let n = bins.reduce(0) { $0 + $1.n }
    guard n >= Verdict.fewestClips, let error = report.calibrationError.value, error >= 0.02 else {
      return nil
    }
    let mean = bins.reduce(0) { $0 + ($1.confidence ?? 0) * Double($1.n) } / Double(n)
    let right = Double(bins.reduce(0) { $0 + $1.correct }) / Double(n)
    // Errors of both signs can leave the mean right.
    guard abs(mean - right) >= 0.02 else { return nil }
    let verdict = mean > right ? "too confident" : "not confident enough"
    return "The model is \(verdict): it gives \(percent(mean)) on average where "
      + "\(percent(right)) are right. Choose thresholds by measuring (kws tune)."
  }

  private static func talk(_ report: EvaluationReport) -> Phrase? {
    if let alarms = report.alarms, alarms.grade != .unknown { return nil }
    return "How often it fires in talk is not known: give hours of talk without keywords with "
      + "--alarm-audio."
  }
}
