import Testing

@testable import Basics
@testable import Evaluation
@testable import Recognition
@testable import Training

/// What a training does that has no clips of other words.
@Suite struct OtherWordsTests {
  @Test func theEnglishWordsThatAreNoKeywordsAreLeft() {
    let all = EnglishWords.clips(without: ["lights_on"], sampleRate: 8_000)
    #expect(all.count == 206 && all.allSatisfy { $0.samples.count == 8_000 })
    // Each is a word and not silence.
    #expect(all.allSatisfy { clip in clip.samples.contains { abs($0) > 0.001 } })
    let fewer = EnglishWords.clips(without: ["Seven", "no"], sampleRate: 8_000)
    #expect(fewer.count == 206 - 4 - 9)
    // The second clip of a word is another person's.
    #expect(all[0].samples != all[1].samples)
  }

  private let labels = ["a", "b", ClassLabel.silence]

  /// Clips of a that are answered with these probabilities of a, of b the rest.
  private func logits(_ probabilities: [Float]) -> HeldOutLogits {
    let examples = probabilities.map {
      HeldOutLogits.Example(
        probabilities: [$0, 1 - $0, 0], offsets: nil, target: 0, half: 0)
    }
    return HeldOutLogits(examples, labels: labels, prior: ClassPrior())
  }

  @Test func aThresholdRefusesFewRightAnswers() throws {
    // Of a hundred right answers, 0.60 to 0.699, three are below the fourth.
    let rising = (0..<100).map { 0.6 + Float($0) * 0.001 }
    let choice = try #require(ThresholdByWords(logits(rising), labels: labels, temperature: 1))
    #expect(abs(choice.value - 0.603) < 1e-4 && choice.refused == 0.03)
    // Wrong answers, and those to silence, count for nothing.
    let wrong = try #require(
      ThresholdByWords(logits(rising + [0.1, 0.2, 0.3]), labels: labels, temperature: 1))
    #expect(wrong.value == choice.value)
    // Neither so low that everything passes, nor so high that a little noise refuses a word.
    let low = try #require(
      ThresholdByWords(logits([0.51, 0.52, 0.53]), labels: labels, temperature: 2))
    #expect(low.value > 0.5 && low.refused == 0)
    let unsure = try #require(
      ThresholdByWords(logits([0.51, 0.9]), labels: labels, temperature: 1))
    #expect(unsure.value >= 0.5)
    let sure = try #require(
      ThresholdByWords(logits([0.999, 0.9999]), labels: labels, temperature: 1))
    #expect(sure.value == 0.95 && sure.refused == 0)
    #expect(ThresholdByWords(logits([0.2]), labels: labels, temperature: 1) == nil)
  }
}
