import Basics
import Markup

/// The wrong clips, worst first, with sound and pictures.
struct WrongClipSection {
  private let report: EvaluationReport
  private let evidence: [String: ClipEvidence]
  private let labels: [String]

  init(_ report: EvaluationReport, _ evidence: [ClipEvidence], _ labels: [String]) {
    self.report = report
    self.evidence = Dictionary(evidence.map { ($0.path, $0) }) { first, _ in first }
    self.labels = labels
  }

  func render() -> HTML? {
    if report.wrongCount == 0 { return HTML("p", [:], "No clip was answered wrongly.") }
    let shown = report.wrong.filter { evidence[$0.path] != nil }
    let rest = report.wrong.filter { evidence[$0.path] == nil }
    var pieces: [HTML] = [
      HTML(
        "p", [:],
        HTML(
          text: "\(report.wrongCount) of \(report.accuracy.n) clips, worst first: the lowest "
            + "probability of the label. You can listen to \(shown.count) of them here. Wrong labels "
            + "are a frequent cause: listen first."))
    ]
    if let cards = ClipGallery.render(shown.map(card), "wrong clips") { pieces.append(cards) }
    if !rest.isEmpty { pieces.append(table(Array(rest.prefix(500)))) }
    return HTML(pieces)
  }

  private func card(_ clip: WrongClip) -> HTML {
    let evidence = evidence[clip.path]!
    return ClipCard(evidence).article(
      heading: ["label ", HTML.name(clip.label), ", answer ", HTML.name(clip.predicted)],
      facts: facts(clip, evidence),
      timelines: [
        ClipCard.AnswerTimeline(
          timeline: evidence.timeline, labels: labels, label: clip.label,
          answer: clip.predicted)
      ])
  }

  private func facts(_ clip: WrongClip, _ evidence: ClipEvidence) -> [HTML] {
    var parts: [HTML] = []
    let own = clip.labelProbability.map { TextCell.percent(Double($0)) } ?? "no such class"
    if let rejected = clip.rejected {
      let answer = clip.predictedProbability.map { " \(TextCell.percent(Double($0)))" } ?? ""
      parts += [
        "answer ", HTML.name(clip.predicted), HTML(text: "\(answer), because "),
        HTML.name(rejected.label), HTML(text: " \(rejected.reason)"),
      ]
    } else {
      parts += [
        "likeliest ", HTML.name(clip.likeliest),
        HTML(text: " \(TextCell.percent(Double(clip.likeliestProbability)))"),
      ]
    }
    parts.append(HTML(text: ", label \(own)"))
    if let speaker = clip.speaker { parts += [", speaker ", HTML.name(speaker)] }
    parts.append(HTML(text: ", " + ClipCard(evidence).length))
    return parts
  }

  /// The probability of the likeliest class, and why it is not the answer.
  private func likeliest(_ clip: WrongClip) -> String {
    clip.rejected?.reason ?? TextCell.percent(Double(clip.likeliestProbability))
  }

  private func table(_ clips: [WrongClip]) -> HTML {
    Page.details(
      "\(clips.count) more wrong clips (all are in predictions.csv)",
      Page.table(
        "More wrong clips", ["clip", "label", "answer", "probability of the label", "likeliest"],
        clips.map { clip in
          [
            HTML.name(clip.path), HTML.name(clip.label), HTML.name(clip.predicted),
            HTML(text: clip.labelProbability.map { TextCell.percent(Double($0)) } ?? "-"),
            HTML([HTML.name(clip.likeliest), HTML(text: " " + likeliest(clip))]),
          ]
        }, style: "figures names"))
  }
}
