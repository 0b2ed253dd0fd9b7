import Testing

@testable import Basics
@testable import Datasets
@testable import Evaluation

@Suite struct EvaluationRenderingTests {
  private func report(
    classes: Int, clips: Int = 400, prefix: String = "word", skipped: [SkippedClip] = []
  ) -> EvaluationReport {
    let labels = (0..<classes).map { "\(prefix)\($0)" }
    var generator = TestGenerator(state: 2)
    let predictions = (0..<clips).map { index in
      let label = Int(generator.next() % UInt64(classes))
      let answer = generator.unit() < 0.9 ? label : Int(generator.next() % UInt64(classes))
      var probabilities = [Float](repeating: 0.25 / Float(classes), count: classes)
      probabilities[answer] += 0.75
      return Prediction(
        path: "\(labels[label])/\(index).wav", label: labels[label], predicted: labels[answer],
        probabilities: probabilities, speaker: "s\(index % 12)")
    }
    return EvaluationReport.make(
      predictions, labels: labels, skipped: skipped,
      subject: EvaluationReport.Subject(model: "m.safetensors", dataset: "d", split: "testing"),
      using: &generator)
  }

  @Test(arguments: [2, 12, 31, 40], [60, 80, 120])
  func everyLineFits(classes: Int, width: Int) {
    let text = EvaluationText(width: width).render(report(classes: classes))
    let long = text.split(separator: "\n").filter { TextCell.width(String($0)) > width }
    #expect(long.isEmpty, "\(long)")
    #expect(!text.contains("\u{1b}"))
    #expect(!text.contains(" \n"))
  }

  @Test func theTextOfASmallReport() {
    let labels = ["yes", "no"]
    let predictions = (0..<8).map { index in
      Prediction(
        path: "\(index).wav", label: labels[index % 2],
        predicted: index == 1 ? "yes" : labels[index % 2],
        probabilities: index == 1 || index % 2 == 0 ? [0.75, 0.25] : [0.25, 0.75])
    }
    var generator = TestGenerator(state: 0)
    let report = EvaluationReport.make(
      predictions, labels: labels, skipped: [SkippedClip(path: "x.wav", reason: "0 frames")],
      subject: EvaluationReport.Subject(model: "m", dataset: "d", split: "testing"),
      using: &generator)
    #expect(
      EvaluationText().render(report) == """
        model    m
        dataset  d
        split    testing
        verdict: Cannot tell yet: 7 of 8 clips are right, which are too few.
        next: Measure more clips, a hundred of five people or more whom the model has
          not met.
        next: How often it fires in talk is not known: give hours of talk without
          keywords with --alarm-audio.
        evaluated 8 of 9 clips
        accuracy: too few clips to tell, 7 of 8 right, 95% interval 52.9% to 97.8%
          speakers unknown or few: this interval may be too narrow
        balanced accuracy 87.5%, macro F1 87.3%
        log loss 0.425, calibration error 12.5% (8 clips)

        class  clips  recall 95%         precis. 95%              F1 95%
        yes        4  100.0% 51.0-100.0    80.0% 37.6-96.4     88.9% 54.6-98.2
        no         4   75.0% 30.1-95.4    100.0% 43.9-100.0    85.7% 46.2-97.7

        confusion matrix (rows: labels, columns: answers)
            yes no
        yes   4  .
        no    1  3

        most frequent confusions
          no recognised as yes: 1 (25.0% of its clips)

        worst 1 of 1 wrong clips
          1.wav: answer yes 75.0%, label no (25.0%)

        skipped clips: 1
          x.wav: 0 frames

        warning: 1 of 9 clips were skipped

        """)
  }

  @Test func namesCannotMoveTheCursor() {
    let report = report(classes: 2, prefix: "\u{1b}[2J\r\u{202e}")
    let text = EvaluationText().render(report)
    #expect(!text.unicodeScalars.contains { [0x1b, 0x0d, 0x202e].contains($0.value) })
    #expect(text.contains("\\u{1b}[2J\\u{d}\\u{202e}"))
  }

  @Test func jsonIsStableAndComesBack() throws {
    let report = report(classes: 4, skipped: [SkippedClip(path: "a/b", reason: "empty")])
    let bytes = try EvaluationJSON.render(report)
    #expect(try EvaluationJSON.render(self.report(classes: 4, skipped: report.skipped)) == bytes)
    #expect(try EvaluationJSON.read(bytes) == report)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("\"schema\" : \"kws-evaluation\""))
    #expect(text.contains("\"version\" : 1"))
    #expect(text.contains("a/b"))
    let newer = text.replacing("\"version\" : 1", with: "\"version\" : 2")
    #expect(throws: StoredFault.newer(part: nil, found: 2, supported: 1)) {
      try EvaluationJSON.read(Array(newer.utf8))
    }
  }

  @Test func whatThereIsNotIsNull() throws {
    var generator = TestGenerator(state: 0)
    let report = EvaluationReport.make([], labels: ["a", "b"], using: &generator)
    let text = String(decoding: try EvaluationJSON.render(report), as: UTF8.self)
    #expect(text.contains("\"value\" : null"))
    #expect(try EvaluationJSON.read(Array(text.utf8)) == report)
    #expect(EvaluationText().render(report).contains("accuracy - (0 of 0)"))
  }
}
