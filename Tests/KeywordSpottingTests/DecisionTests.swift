import Testing

@testable import Neural
@testable import Recognition

@Suite struct DecisionTests {
  private let labels = ["no", "yes", "_unknown_", "_silence_"]

  @Test func theMostProbableClassAnswers() {
    #expect(Decision().answer([0.1, 0.6, 0.2, 0.1], labels: labels) == "yes")
    #expect(Decision().answer([0.1, 0.2, 0.6, 0.1], labels: labels) == "_unknown_")
  }

  @Test func aKeywordMustReachItsThreshold() {
    var decision = Decision()
    decision.threshold = 0.5
    #expect(decision.answer([0.1, 0.5, 0.2, 0.2], labels: labels) == "yes")
    #expect(decision.answer([0.1, 0.49, 0.2, 0.21], labels: labels) == "_unknown_")
    decision.thresholds = ["yes": 0.2, "no": 0.9]
    #expect(decision.answer([0.1, 0.4, 0.3, 0.2], labels: labels) == "yes")
    #expect(decision.answer([0.8, 0.1, 0.05, 0.05], labels: labels) == "_unknown_")
  }

  @Test func silenceAndUnknownNeedNoThreshold() {
    var decision = Decision()
    decision.threshold = 1
    #expect(decision.answer([0.2, 0.2, 0.2, 0.4], labels: labels) == "_silence_")
    #expect(decision.answer([0.2, 0.2, 0.4, 0.2], labels: labels) == "_unknown_")
  }

  @Test func theWindowSurestOfAKeywordAnswers() {
    let isKeyword = [true, true, false, false]
    let windows: [[Float]] = [[0, 0.1, 0.9, 0], [0.3, 0.3, 0.4, 0], [0.3, 0.1, 0, 0.6]]
    #expect(BestWindow.index(windows, isKeyword: isKeyword) == 1)
    #expect(BestWindow.index([[0, 0, 0.5, 0.5]], isKeyword: isKeyword) == 0)
  }

  @Test func posteriorsOfLargeLogitsAreFinite() {
    #expect(softmax([1e30, 0, -1e30]) == [1, 0, 0])
    #expect(softmax([-3e38, -3e38]) == [0.5, 0.5])
    #expect(abs(softmax([1, 2, 3]).reduce(0, +) - 1) < 1e-6)
  }
}
