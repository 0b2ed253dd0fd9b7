import Testing

@testable import Evaluation

@Suite struct RobustnessTests {
  private func counts(_ speakers: Int) -> RobustnessCounts {
    var counts = RobustnessCounts([.noise(signalToNoise: 0)])
    for speaker in 0..<speakers {
      for clip in 0..<10 {
        let label = clip < 5 ? "a" : "_unknown_"
        let prediction = Prediction(
          path: "\(speaker)/\(clip)", label: label, predicted: label, probabilities: [],
          speaker: "s\(speaker)")
        // In noise one keyword of five is missed, and two of five others are taken for it.
        let noisy = clip == 0 ? "_unknown_" : clip >= 8 ? "a" : label
        counts.add(prediction, answers: [label, noisy])
      }
    }
    return counts
  }

  private func figures(_ counts: RobustnessCounts, isBySpeaker: Bool) -> [ConditionFigures] {
    var generator = TestGenerator(state: 2)
    return ConditionFigures.all(
      counts, isBySpeaker: isBySpeaker, EvaluationOptions(), using: &generator)
  }

  @Test func figuresCountWhatChanged() {
    let figures = figures(counts(20), isBySpeaker: true)
    #expect(figures.map(\.name) == ["as recorded", "noise at 0 dB"])
    #expect(figures[0].accuracy.value == 1 && figures[0].change.value == 0)
    #expect(figures[1].accuracy.value == 0.7 && figures[1].accuracy.n == 200)
    #expect(abs(figures[1].change.value! + 0.3) < 1e-12)
    #expect(figures[1].missed.value == 0.2 && figures[1].missed.n == 100)
    #expect(figures[1].falseAccepts.value == 0.4)
    // All speakers lose the same three clips of ten, so the change itself is certain.
    #expect(figures[1].change.low == figures[1].change.high)
    #expect(figures[1].accuracy.low! < 0.7)
  }

  @Test func partsMerge() {
    var sum = counts(7)
    sum.merge(counts(9))
    var expected = counts(9)
    expected.merge(counts(7))
    #expect(figures(sum, isBySpeaker: false) == figures(expected, isBySpeaker: false))
    #expect(figures(sum, isBySpeaker: false)[1].change.low == nil)
  }

  @Test func thePageShowsTableAndPlot() {
    var generator = TestGenerator(state: 1)
    var report = EvaluationReport.make(
      [Prediction(path: "1", label: "a", predicted: "a", probabilities: [1])], labels: ["a"],
      using: &generator)
    report.robustness = figures(counts(3), isBySpeaker: true)
    let page = EvaluationPage(report, labels: ["a"]).render()
    #expect(page.contains("id=\"robustness\"") && page.contains("noise at 0 dB"))
    #expect(page.contains("Right answers by condition"))
    #expect(EvaluationText().render(report).contains("noise at 0 dB   70.0%   -30.0   20.0%"))
  }
}
