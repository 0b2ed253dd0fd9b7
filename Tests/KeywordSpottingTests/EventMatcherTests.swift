import Testing

@testable import Basics
@testable import Datasets
@testable import Evaluation
@testable import Recognition

/// Events against labelled words.
@Suite struct EventMatcherTests {
  private func event(_ label: String, _ decided: Double) -> Event {
    Event(
      label: label, probability: 0.9, seconds: max(0, decided - 1)...decided, decided: decided,
      windowCount: 1)
  }

  private func truth(
    _ words: [(String, Double, Double)], mentions: [String: Int] = [:]
  ) -> RecordingTruth {
    var labels = RecordingLabels()
    labels.words = words.map { LabelledWord(label: $0.0, seconds: $0.1...$0.2) }
    labels.untimed = mentions
    return RecordingTruth(labels, keywords: ["a", "b"])
  }

  private func verdicts(
    _ truth: RecordingTruth, _ events: [(String, Double)]
  ) -> [EventMatcher.Verdict] {
    var matcher = EventMatcher(truth, tolerance: 0.5)
    return events.map { matcher.take(event($0.0, $0.1)) }
  }

  @Test func aHitIsDecidedFromTheStartToTheToleranceAfterTheEnd() {
    let word = truth([("a", 1, 1.5)])
    for (time, verdict) in [
      (0.99, EventMatcher.Verdict.falseAlarm), (1, .hit(0)), (2, .hit(0)), (2.01, .falseAlarm),
    ] { #expect(verdicts(word, [("a", time)]) == [verdict], "\(time)") }
  }

  @Test func eachWordIsFoundOnce() {
    #expect(
      verdicts(truth([("a", 1, 2)]), [("a", 1.5), ("a", 1.75)]) == [.hit(0), .falseAlarm])
    // Two words in reach: the one that ends first is taken, so that both are found.
    #expect(
      verdicts(truth([("a", 1, 2), ("a", 1.2, 1.6)]), [("a", 1.5), ("a", 2.3)])
        == [.hit(0), .hit(1)])
  }

  @Test func anotherWordThereMakesAWrongWord() {
    let words = truth([("a", 1, 1.5), ("b", 4, 4.5)])
    #expect(
      verdicts(words, [("b", 1.4), ("a", 1.9), ("a", 4.2)]) == [
        .wrongWord(0), .hit(0), .wrongWord(1),
      ])
    #expect(verdicts(words, [("b", 2.1)]) == [.falseAlarm])
  }

  @Test func aMentionIsCreditedOnceWherever() {
    let words = truth([("a", 5, 5.5)], mentions: ["a": 1])
    #expect(words.count(of: "a") == 2)
    #expect(
      verdicts(words, [("a", 0.5), ("a", 5.2), ("a", 9), ("b", 9.5)])
        == [.mention, .hit(0), .falseAlarm, .falseAlarm])
  }

  /// Labels that are no keywords of the model are not looked at.
  @Test func otherLabelsAreLeftOut() {
    #expect(truth([("c", 1, 2)]).words.isEmpty)
  }

  /// As many are found as the best assignment finds, by trying all of them.
  @Test func noAssignmentFindsMore() {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<300 {
      let words = (0..<4).map { _ -> (String, Double, Double) in
        let start = generator.uniform(0, 4)
        return ("a", start, start + generator.uniform(0.1, 1.5))
      }
      let times = (0..<4).map { _ in generator.uniform(0, 6) }.sorted()
      let truth = truth(words)
      let found = verdicts(truth, times.map { ("a", $0) }).count {
        if case .hit = $0 { true } else { false }
      }
      func best(_ index: Int, _ used: Set<Int>) -> Int {
        guard index < times.count else { return 0 }
        let fitting = truth.words.indices.filter { word in
          let seconds = truth.words[word].seconds
          return !used.contains(word) && seconds.lowerBound <= times[index]
            && times[index] <= seconds.upperBound + 0.5
        }
        return max(
          best(index + 1, used),
          fitting.map { 1 + best(index + 1, used.union([$0])) }.max() ?? 0)
      }
      #expect(found == best(0, []))
    }
  }

  @Test func theForemostAreKept() {
    var kept = Foremost<Int>(3, by: <)
    for value in (0..<500).reversed() { kept.add(value) }
    #expect(kept.sorted == [0, 1, 2] && kept.count == 500)
  }
}
