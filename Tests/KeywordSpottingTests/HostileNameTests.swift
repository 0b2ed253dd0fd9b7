#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import SystemPackage
import Testing

@testable import Auditing
@testable import Basics
@testable import Datasets
@testable import Evaluation
@testable import Recognition
@testable import Sound

/// Names from strangers through every rendering: no markup, no formula, no command to a terminal.
@Suite struct HostileNameTests {
  static let names = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "=1+1", "+1", "-1", "@SUM(A1)",
    "\tx", "\u{1b}[2J", "a\r\nb", "javascript:alert(1)", "&lt;b&gt;", "\u{202e}txt", "'=1",
    "a,b\"c",
    "</style><style>*{display:none}", "]]>", "\u{FF1D}1", "%s%n", "../../etc/passwd",
  ]

  private func predictions(_ name: String) -> [Prediction] {
    [(0, 1), (1, 0), (0, 0)].map { label, answer in
      Prediction(
        path: "\(name)/\(label)\(answer).wav", label: [name, "b"][label],
        predicted: [name, "b"][answer],
        probabilities: answer == 0 ? [0.9, 0.1] : [0.1, 0.9], speaker: name, split: .testing)
    }
  }

  private func report(_ name: String) -> EvaluationReport {
    var generator = TestGenerator(state: 1)
    return EvaluationReport.make(
      predictions(name), labels: [name, "b"], skipped: [SkippedClip(path: name, reason: name)],
      warnings: [name], subject: .init(model: name, dataset: name, split: name, coverage: name),
      using: &generator)
  }

  private static let evidence: ClipEvidence = {
    let clip = Clip(
      samples: [Float](repeating: 0.1, count: 400), sampleRate: 8_000,
      source: AudioFormat(
        container: "", encoding: "", sampleRate: 8_000, channels: 1, frames: 400))
    return ClipEvidence(
      "", clip, Classifier(ModelFixture.model(labels: ["b", "_unknown_"]), threads: 1))
  }()

  private func evidence(_ path: String) -> ClipEvidence {
    var evidence = Self.evidence
    evidence.path = path
    return evidence
  }

  private func comparison(_ name: String) throws -> PairedComparison {
    var answers = PairedAnswers()
    let old = predictions(name)
    old.forEach { answers.addFirst($0) }
    for var prediction in old {
      prediction.predicted = prediction.predicted == name ? "b" : name
      answers.addSecond(prediction)
    }
    var generator = TestGenerator(state: 1)
    var comparison = try answers.comparison(using: &generator)
    (comparison.names, comparison.dataset, comparison.split) = ([name, name], name, name)
    return comparison
  }

  private func audit(_ name: String) -> AuditReport {
    AuditReport(
      dataset: name, splitRule: .fileNameHash, clips: 1, speakers: 1, clipsWithoutSpeaker: 0,
      labels: [.init(label: name, clips: [1, 0, 0], speakers: 1, seconds: 1)],
      formats: [.init(name: name, clips: 1)], seconds: [1, 1, 1, 1, 1],
      findings: AuditReport.Kind.allCases.map {
        .init(kind: $0, subject: name, detail: name, related: [name])
      }, warnings: [name])
  }

  private func pages(_ name: String) throws -> [String] {
    let comparison = try comparison(name)
    let shown = comparison.flips.map { evidence($0.path) }
    let card = SuspectCard(
      evidence: evidence(name), labels: ["b", "_unknown_"], label: name, answer: name)
    return [
      EvaluationPage(
        report(name), evidence: [evidence("\(name)/01.wav")], labels: ["b", "_unknown_"]
      ).render(),
      ComparisonPage(comparison, evidence: [shown, shown], labels: [["b", "c"], ["b", "c"]])
        .render(),
      AuditPage(audit(name), suspects: [card]).render(),
    ]
  }

  @Test(arguments: names) func pagesHoldNoMarkupOfTheirs(_ name: String) throws {
    // The same pages with a tame name have the same elements.
    for (page, tame) in zip(try pages(name), try pages("tame")) {
      #expect(PageCheck.elements(page) == PageCheck.elements(tame))
      #expect(PageCheck.problems(page) == [])
    }
  }

  @Test(arguments: names) func tablesHoldNoFormula(_ name: String) throws {
    let tables = [
      PredictionTable(labels: [name, "b"]).render(predictions(name)),
      ConfusionTable.render(report(name)), audit(name).csv, try comparison(name).flipTable,
    ]
    for table in tables {
      var text = DelimitedText(Array(table.utf8))
      var cells = 0
      for row in try text.rows() {
        for cell in row.cells where !cell.isEmpty {
          cells += 1
          let first = String(decoding: cell, as: UTF8.self).unicodeScalars.first!
          #expect(!"=+-@\t\r\n\u{FF1D}".unicodeScalars.contains(first), "\(table)")
        }
      }
      #expect(cells > 4)
    }
    let rows = try PredictionTable.read(Array(tables[0].utf8))
    #expect(rows.predictions == predictions(name) && rows.labels == [name, "b"])
  }

  @Test(arguments: names) func textCommandsNoTerminal(_ name: String) throws {
    let texts = [
      EvaluationText().render(report(name)), try comparison(name).text, audit(name).text(),
      ModelFixture.model(labels: [name, "b"]).infoText,
    ]
    for text in texts {
      for scalar in text.unicodeScalars where scalar != "\n" {
        #expect(scalar.properties.generalCategory != .control)
        #expect(scalar.properties.generalCategory != .format)
      }
    }
  }

  @Test(arguments: names) func jsonGivesNamesBack(_ name: String) throws {
    #expect(try EvaluationJSON.read(EvaluationJSON.render(report(name))) == report(name))
    for text in [try comparison(name).json, audit(name).json] {
      let texts = strings(in: try JSONValue(parsing: ArraySlice(text.utf8)))
      #expect(texts.contains { $0.contains(name) })
    }
  }

  /// Every text in a document.
  private func strings(in value: JSONValue) -> [String] {
    switch value {
    case .string(let text): [text]
    case .array(let values): values.flatMap(strings)
    case .object(let members): members.flatMap { [$0.key] + strings(in: $0.value) }
    default: []
    }
  }
}
