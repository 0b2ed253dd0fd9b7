import Testing

@testable import Evaluation
@testable import Recognition

@Suite struct ComparisonTests {
  private func predictions(_ right: [Bool], speakers: Int = 0) -> [Prediction] {
    right.enumerated().map { index, isRight in
      Prediction(
        path: "\(index)", label: "a", predicted: isRight ? "a" : "b", probabilities: [1, 0],
        speaker: speakers > 0 ? "s\(index % speakers)" : nil)
    }
  }

  private func compare(_ first: [Prediction], _ second: [Prediction]) throws -> PairedComparison {
    var generator = TestGenerator(state: 4)
    var answers = PairedAnswers()
    first.forEach { answers.addFirst($0) }
    second.forEach { answers.addSecond($0) }
    return try answers.comparison(using: &generator)
  }

  @Test func mcNemarIsExactWithoutSpeakers() throws {
    // Three clips only the first has right, one only the second: binomtest(3, 4) of scipy.
    let first = predictions([true, true, true, false, true])
    let second = predictions([false, false, false, true, true])
    let comparison = try compare(first, second.reversed())
    #expect(comparison.onlyFirst == 3 && comparison.onlySecond == 1)
    #expect(abs(comparison.mcNemar - 0.625) < 1e-12)
    #expect(abs(comparison.chanceOfLoss - 0.3125) < 1e-12)
    #expect(comparison.difference.value == -0.4)
    #expect(comparison.difference.low == nil)
    #expect(comparison.flips.map(\.path) == ["0", "1", "2", "3"])
    #expect(Gate.loss(comparison, allowing: 0) == nil)
  }

  @Test func aClearLossFailsTheGate() throws {
    let first = predictions((0..<200).map { _ in true }, speakers: 20)
    let second = predictions((0..<200).map { $0 % 5 != 0 }, speakers: 20)
    let comparison = try compare(first, second)
    #expect(comparison.speakers == 20)
    #expect(comparison.difference.value == -0.2)
    #expect(comparison.difference.high! < 0)
    #expect(Gate.loss(comparison, allowing: 0)?.contains("20.0 points") == true)
    #expect(Gate.loss(comparison, allowing: 25) == nil)
    #expect(Gate.loss(try compare(second, first), allowing: 0) == nil)
  }

  @Test func oneSpeakerIsNoProof() throws {
    // All ten losses are of one speaker of twenty.
    let first = predictions((0..<200).map { _ in true }, speakers: 20)
    let second = predictions((0..<200).map { $0 % 20 != 0 }, speakers: 20)
    let comparison = try compare(first, second)
    #expect(comparison.mcNemar < 0.01)
    #expect(comparison.chanceOfLoss > 0.2)
    #expect(Gate.loss(comparison, allowing: 0) == nil)
  }

  @Test func otherClipsAreRefused() {
    let first = predictions([true, true])
    #expect(throws: ComparisonError.self) { try compare(first, predictions([true])) }
    #expect(throws: ComparisonError.self) { try compare(predictions([true]), first) }
    #expect(throws: ComparisonError.self) { try compare(first + first, first) }
    var second = first
    second[0].label = "b"
    #expect(throws: ComparisonError.otherLabel(path: "0", first: "a", second: "b")) {
      try compare(first, second)
    }
  }

  @Test func thresholdsMeetTheirTarget() {
    var quiet = [[[Classification.Window]]](repeating: [], count: 2)
    var halves = (0..<2).map { _ in EvaluationCounts(labels: ["a", "_unknown_"]) }
    for index in 0..<200 {
      let score = Float(index) / 200
      for isKeyword in [true, false] {
        let value = isKeyword ? 0.3 + score * 0.7 : score * 0.7
        halves[index % 2].add(
          Prediction(
            path: "\(index)\(isKeyword)", label: isKeyword ? "a" : "_unknown_", predicted: "a",
            probabilities: [value, 1 - value]))
        if !isKeyword {
          let windows = [
            Classification.Window(start: 0, end: 1, probabilities: [value, 1 - value])
          ]
          halves[index % 2].addAudioWithoutKeywords(
            windows, seconds: 36, decision: Decision(), rule: ListeningRule())
          quiet[index % 2].append(windows)
        }
      }
    }
    // Two hours; two alarms are allowed, so all but the two highest scores lie below.
    let choice = ThresholdChoice(
      halves: (halves[0], halves[1]), quiet: (quiet[0], quiet[1]), target: .falseAlarmsPerHour(1),
      rule: AlarmRule(ModelFixture.model()))
    #expect(choice.alarmsPerHour == Double(choice.keywords[0].falseAlarms) / choice.hours)
    #expect(abs(choice.hours - 2) < 1e-6)
    #expect(choice.keywords[0].threshold > 0.689 && choice.keywords[0].threshold < 0.7)
    #expect(choice.unproven?.contains("too short") == true)
    let rejects = ThresholdChoice(
      halves: (halves[0], halves[1]), quiet: (quiet[0], quiet[1]), target: .falseRejects(0.5),
      rule: AlarmRule(ModelFixture.model()))
    #expect(abs(rejects.keywords[0].threshold - 0.65) < 0.01)
    #expect(rejects.unproven == nil)
  }

  /// A name is no proof of the clip, and a table of before files were named gives none.
  @Test func otherSoundsUnderTheSameNamesAreRefused() throws {
    func named(_ hash: UInt64?) -> [Prediction] {
      predictions([true, false]).map {
        var prediction = $0
        prediction.fileHash = hash
        return prediction
      }
    }
    #expect(throws: ComparisonError.otherSound(path: "0")) { try compare(named(1), named(2)) }
    #expect(try compare(named(1), named(1)).n == 2)
    var answers = PairedAnswers()
    named(nil).forEach { answers.addFirst($0) }
    named(1).forEach { answers.addSecond($0) }
    #expect(answers.lacksSounds)
  }
}
