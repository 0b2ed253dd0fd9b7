import Basics
import Markup

/// The most important findings of a report, with the next step; every figure is in a table too.
enum Findings {
  /// The findings, one sentence each, the most important kinds first.
  static func all(_ report: EvaluationReport) -> [HTML] {
    [
      weakestClass(report), confusion(report), condition(report), speaker(report),
      confidence(report),
    ]
    .compactMap { $0 }
  }

  private static func percent(_ share: Double) -> String { TextCell.percent(share) }

  private static func weakestClass(_ report: EvaluationReport) -> HTML? {
    let weak = report.classes.filter { $0.recall.value != nil && $0.recall.value! < 1 }
      .min { ($0.recall.value!, $0.label) < ($1.recall.value!, $1.label) }
    guard let weak, let recall = weak.recall.value else { return nil }
    return HTML([
      HTML.name(weak.label),
      HTML(
        text: " is recognised least often: \(percent(recall)) of \(weak.support) clips. Listen to "
          + "its wrong clips below; more and more varied recordings of it help most."),
    ])
  }

  private static func confusion(_ report: EvaluationReport) -> HTML? {
    let best = report.confusions.first
    guard let best else { return nil }
    return HTML([
      "Most frequent confusion: ", HTML.name(report.classes[best.label].label), " recognised as ",
      HTML.name(report.classes[best.answer].label),
      HTML(
        text: ", \(best.count) of \(report.wrongCount) wrong clips. Check their labels with kws "
          + "audit before training again."),
    ])
  }

  /// The worst group of clips whose interval is below that of all clips.
  private static func condition(_ report: EvaluationReport) -> HTML? {
    guard let all = report.accuracy.low else { return nil }
    var worst: (kind: SliceKind, group: EvaluationReport.Group)?
    for slice in report.slices ?? [] where slice.groups.count > 1 {
      for group in slice.groups where group.accuracy.high! < all && group.accuracy.n >= 10 {
        if worst.map({ group.accuracy.value! < $0.group.accuracy.value! }) ?? true {
          worst = (slice.kind, group)
        }
      }
    }
    guard let worst else { return nil }
    return HTML(
      text: "By \(SliceSection.title(worst.kind)), clips of \(worst.group.name) do worst: "
        + "\(percent(worst.group.accuracy.value!)) of \(worst.group.accuracy.n) right. If such "
        + "clips are expected in use, train with more of them.")
  }

  private static func speaker(_ report: EvaluationReport) -> HTML? {
    guard let all = report.accuracy.low, let speakers = report.worstSpeakers else { return nil }
    let far = speakers.filter { $0.accuracy.high! < all }
    guard let first = far.first else { return nil }
    return HTML([
      HTML(
        text: "\(far.count == 10 ? "At least 10" : "\(far.count)") speakers are understood clearly "
          + "less often than the rest, least of all "), HTML.name(first.name),
      HTML(text: " (\(percent(first.accuracy.value!)) of \(first.accuracy.n))."),
    ])
  }

  private static func confidence(_ report: EvaluationReport) -> HTML? {
    let bins = report.calibration ?? []
    let n = bins.reduce(0) { $0 + $1.n }
    guard n > 0, let error = report.calibrationError.value, error >= 0.02 else { return nil }
    let mean = bins.reduce(0) { $0 + ($1.confidence ?? 0) * Double($1.n) } / Double(n)
    let right = Double(bins.reduce(0) { $0 + $1.correct }) / Double(n)
    let verdict = mean > right ? "too confident" : "not confident enough"
    return HTML(
      text:
        "The model is \(verdict): it gives \(percent(mean)) on average where \(percent(right)) are right. Choose "
        + "thresholds by measuring (kws tune).")
  }
}
