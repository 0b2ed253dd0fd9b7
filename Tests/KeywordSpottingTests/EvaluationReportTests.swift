import Testing

@testable import Datasets
@testable import Evaluation
@testable import Statistics

@Suite struct EvaluationReportTests {
  private let labels = ["yes", "no", "_unknown_"]

  /// A clip that was answered with the likeliest class.
  private func clip(
    _ path: String, _ label: String, _ predicted: String, _ probabilities: [Float],
    speaker: String? = nil
  ) -> Prediction {
    Prediction(
      path: path, label: label, predicted: predicted, probabilities: probabilities,
      speaker: speaker, split: .testing)
  }

  private func report(
    _ predictions: [Prediction], labels: [String]? = nil, skipped: [SkippedClip] = []
  ) -> EvaluationReport {
    var generator = TestGenerator(state: 1)
    return EvaluationReport.make(
      predictions, labels: labels ?? self.labels, skipped: skipped, using: &generator)
  }

  /// What the model thinks likeliest counts, not what a threshold makes of it.
  @Test func calibrationIsBeforeThresholds() throws {
    let report = report([clip("1", "yes", "_unknown_", [0.75, 0.125, 0.125])])
    #expect(report.accuracy.value == 0)
    #expect(report.calibrationError.value == 0.25)
  }

  @Test func theFiguresOfScikitLearn() {
    let golden = StatisticsFixture.shared.classification
    let labels = (0..<6).map { "c\($0)" }
    let predictions = golden.labels.indices.map { index in
      clip(
        "\(index)", labels[golden.labels[index]], labels[golden.answers[index]],
        golden.probabilities[index].map { Float($0) / Float(golden.scale) })
    }
    let report = report(predictions, labels: labels)
    #expect(report.evaluated == 300)
    #expect(report.confusion == golden.confusion)
    #expect(report.classes.map(\.support) == golden.support)
    // One division each; means of six.
    #expect(agrees(report.accuracy.value!, golden.accuracy, within: 1e-14))
    #expect(agrees(report.balancedAccuracy.value!, golden.balancedAccuracy, within: 1e-14))
    #expect(agrees(report.macroF1.value!, golden.macroF1, within: 1e-14))
    // scikit-learn adds logarithms of Floats in Float.
    #expect(agrees(report.logLoss.value!, golden.logLoss, within: 1e-6))
    // Terms are rounded to 2^-32.
    #expect(agrees(report.calibrationError.value!, golden.calibrationError, within: 1e-8))
    for (figures, index) in zip(report.classes, 0...) {
      #expect(figures.precision.value == golden.precision[index])
      #expect(figures.recall.value == golden.recall[index])
      #expect(figures.f1.value == golden.f1[index])
    }
    #expect(report.classes[5].recall.note == "no clips")
    #expect(report.classes[4].precision.note == "never answered")
    #expect(report.warnings == ["no clips of 1 of 6 classes: 'c5'"])
  }

  @Test func fewSpeakersGetWilsonAndTheSentence() {
    let report = report(
      (0..<20).map { clip("\($0)", "yes", $0 < 15 ? "yes" : "no", [0.6, 0.3, 0.1]) })
    let wilson = Proportion.wilson(15, of: 20)
    #expect(report.accuracy == Estimate(0.75, n: 20, wilson))
    #expect(report.interval.name == .wilson)
    #expect(
      report.interval.note == "speakers unknown or few: this interval may be too narrow")
    #expect(report.macroF1.low == nil)
    // F1 from Wilson's interval of 15 of 20 clips or answers.
    let f1 = report.classes[0].f1
    #expect(f1.low == 2 * wilson.lowerBound / (1 + wilson.lowerBound))
    #expect(f1.low! < f1.value! && f1.value! < f1.high!)
  }

  @Test func knownSpeakersAreDrawn() {
    // Half of the speakers are always wrong: clips say little, speakers say all.
    let predictions = (0..<400).map { index in
      clip(
        "\(index)", "yes", index % 20 < 10 ? "yes" : "no", [0.6, 0.3, 0.1],
        speaker: "s\(index % 20)")
    }
    let report = report(predictions)
    #expect(report.interval.name == .bootstrapBySpeaker)
    #expect(report.interval.speakers == 20)
    #expect(report.interval.note == nil)
    let wilson = Proportion.wilson(200, of: 400)
    #expect(report.accuracy.low! < wilson.lowerBound - 0.1)
    #expect(report.accuracy.high! > wilson.upperBound + 0.1)
    #expect(report == self.report(predictions))
  }

  @Test func allRightStillHasAnInterval() {
    let report = report(
      (0..<100).map { clip("\($0)", "yes", "yes", [1, 0, 0], speaker: "s\($0 % 20)") })
    #expect(report.interval.name == .bootstrapBySpeaker)
    #expect(report.accuracy.value == 1 && report.accuracy.high == 1)
    #expect(report.accuracy.low == Proportion.wilson(100, of: 100).lowerBound)
  }

  @Test func silenceNeedsNoSpeaker() {
    let labels = ["yes", "_silence_"]
    func predictions(_ other: String) -> [Prediction] {
      (0..<100).map { index in
        index < 50
          ? clip("\(index)", "yes", "yes", [1, 0], speaker: "s\(index % 10)")
          : clip("\(index)", other, other, [0, 1])
      }
    }
    #expect(report(predictions("_silence_"), labels: labels).interval.name == .bootstrapBySpeaker)
    #expect(report(predictions("yes"), labels: labels).interval.name == .wilson)
  }

  @Test func wrongClipsAreWorstFirst() {
    let report = report([
      clip("a", "yes", "yes", [0.9, 0.1, 0]), clip("b", "yes", "no", [0.4, 0.6, 0]),
      clip("d", "no", "yes", [0.9, 0.1, 0]), clip("c", "no", "yes", [0.9, 0.1, 0]),
    ])
    #expect(report.wrong.map(\.path) == ["c", "d", "b"])
    #expect(report.wrongCount == 3)
    #expect(report.wrong[0].labelProbability == 0.1)
    #expect(report.wrong[0].predictedProbability == 0.9)
  }

  @Test func anAnswerBelowItsThresholdIsUnknown() {
    let report = report(
      [
        clip("a", "yes", "_unknown_", [0.6, 0.4]), clip("b", "_unknown_", "_unknown_", [0.5, 0.5]),
      ],
      labels: ["yes", "no"])
    #expect(report.classes.map(\.label) == ["yes", "no", "_unknown_"])
    #expect(report.wrong[0].predictedProbability == nil)
    #expect(report.wrong[0].likeliest == "yes")
    // Only one clip has a class that the model gives a probability to.
    #expect(report.logLoss.n == 1)
    #expect(
      report.warnings == [
        "no clips of 1 of 2 classes: 'no'",
        "1 of 2 clips belong to classes that the model does not have: '_unknown_'",
      ])
  }

  @Test func nothingEvaluatedIsNoFigure() {
    let report = report([], skipped: [SkippedClip(path: "a", reason: "not audio")])
    #expect(report.evaluated == 0 && report.total == 1)
    #expect(report.accuracy == Estimate(nil, n: 0, note: "no clips"))
    #expect(report.logLoss.value == nil)
    #expect(report.warnings.last == "1 of 1 clips were skipped")
  }

  @Test func partsMergeIntoTheSameReport() throws {
    var generator = TestGenerator(state: 5)
    let predictions = (0..<3_000).map { index in
      let first = Float(generator.unit())
      return clip(
        "\(index)", labels[Int(generator.next() % 3)], labels[Int(generator.next() % 3)],
        [first, (1 - first) / 3, (1 - first) * 2 / 3], speaker: "s\(generator.next() % 30)")
    }
    var whole = EvaluationCounts(labels: labels)
    for prediction in predictions { whole.add(prediction) }
    var parts = (0..<3).map { _ in EvaluationCounts(labels: labels) }
    for (index, prediction) in predictions.enumerated() { parts[index % 3].add(prediction) }
    var merged = parts[2]
    merged.merge(parts[0])
    merged.merge(parts[1])
    let reports = [whole, merged].map { counts in
      var generator = TestGenerator(state: 9)
      return EvaluationReport.make(counts, using: &generator)
    }
    #expect(try EvaluationJSON.render(reports[0]) == EvaluationJSON.render(reports[1]))
    #expect(reports[0].wrong.count == 1_000)
    #expect(reports[0].wrongCount > 1_900)
  }
}
