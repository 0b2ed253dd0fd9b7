import Markup

/// The report as one HTML page, without scripts and without other files.
public struct EvaluationPage: Sendable {
  /// The report.
  public var report: EvaluationReport
  /// Samples and timelines of wrong clips, in the order of the report.
  public var evidence: [ClipEvidence]
  /// The model's classes, in the order of the evidence's probabilities.
  public var labels: [String]

  /// Makes a page of a report, with the given evidence.
  public init(_ report: EvaluationReport, evidence: [ClipEvidence] = [], labels: [String]) {
    self.report = report
    self.evidence = evidence
    self.labels = labels
  }

  /// The whole document.
  public func render() -> String {
    let sections: [(id: String, title: String, body: HTML?)] = [
      ("summary", "Summary", HeadlineSection.render(report)),
      ("wrong", "Wrong clips", WrongClipSection(report, evidence, labels).render()),
      ("unknown", "Other words that fire", UnknownWordSection.render(report)),
      ("confusions", "Confusions", ConfusionSection.render(report)),
      ("classes", "Classes", ClassSection.render(report)),
      ("confidence", "Confidence", CalibrationSection.render(report)),
      ("thresholds", "Thresholds", CurveSection.render(report)),
      ("conditions", "Conditions", SliceSection.render(report)),
      ("robustness", "Robustness", RobustnessSection.render(report)),
      ("method", "How it was measured", MethodSection.render(report)),
    ]
    return Page(
      title: "Evaluation of \(report.subject.model ?? "a model")",
      heading: "Evaluation report",
      lead: Self.lead(report), sections: sections,
      narrow: ["unknown", "confusions", "classes", "confidence"]
    ).render()
  }

  private static func lead(_ report: EvaluationReport) -> HTML {
    let subject = report.subject
    var pieces: [HTML] = []
    for (name, value) in [
      ("model ", subject.model), ("trained on ", subject.training), ("dataset ", subject.dataset),
      ("part ", subject.split),
    ] {
      if let value {
        if !pieces.isEmpty { pieces.append(", ") }
        pieces += [HTML(text: name), HTML.name(value)]
      }
    }
    if let date = report.measurement?.date { pieces.append(HTML(text: ", measured \(date)")) }
    return HTML("p", ["class": "lead"], all: pieces)
  }
}
