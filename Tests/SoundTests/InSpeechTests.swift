import Testing

@testable import Sound

/// A word within running speech.
@Suite struct InSpeechTests {
  /// A second of 100 samples: a word of alternating ones between two silences.
  private let word: [Float] = (0..<100).map { (40..<60).contains($0) ? ($0 % 2 == 0 ? 1 : -1) : 0 }
  private let speech = [Float](repeating: 0.1, count: 100)

  @Test func theWordStandsInTheMiddle() {
    var generator = TestGenerator()
    for _ in 0..<50 {
      let mixed = inSpeech(word, speech: speech, sampleRate: 100, using: &generator)
      #expect(mixed.count == 100)
      // The word is whole, wherever it begins: at most 15 samples of pause beside it shift it.
      let first = mixed.firstIndex { $0 == -1 || $0 == 1 }!
      #expect(
        (32...48).contains(first) && mixed[first + 1..<first + 18].allSatisfy { abs($0) == 1 })
      // At either end is speech, within 6 dB of the word's level.
      #expect(abs(mixed[0]) > 0.5 && abs(mixed[0]) < 2 && mixed[0] == mixed[99])
    }
  }

  @Test func whatNeedsAllOfTheRoomStaysAsItIs() {
    var generator = TestGenerator()
    let long = [Float](repeating: 1, count: 100)
    #expect(inSpeech(long, speech: speech, sampleRate: 100, using: &generator) == long)
    let silent = [Float](repeating: 0, count: 50)
    #expect(inSpeech(silent, speech: speech, sampleRate: 100, using: &generator) == silent)
    #expect(inSpeech([], speech: speech, sampleRate: 100, using: &generator).isEmpty)
    // Silent speech has no level to bring near the word's.
    let alone = inSpeech(
      word, speech: [Float](repeating: 0, count: 100), sampleRate: 100, using: &generator)
    #expect(alone[0] == 0 && alone.contains(1))
  }

  @Test func theEdgesAreFaded() {
    var generator = TestGenerator()
    let steady = [Float](repeating: 1, count: 400)
    let mixed = inSpeech(
      steady, speech: [Float](repeating: -0.001, count: 1_000), sampleRate: 1_000,
      using: &generator)
    let steps = zip(mixed, mixed.dropFirst()).map { abs($0 - $1) }
    #expect(steps.max()! < 0.35, "ten samples lead from the speech to the word")
  }

  @Test func halvesOfAWord() {
    #expect(halved([0, 1, 1, 0], isFirst: true) == [0, 1])
    #expect(halved([0, 1, 1, 0], isFirst: false) == [1, 0])
    #expect(halved([], isFirst: true).isEmpty)
  }
}
