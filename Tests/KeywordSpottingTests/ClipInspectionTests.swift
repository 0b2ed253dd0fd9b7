import TestSupport
import Testing

@testable import Basics
@testable import Sound

/// Facts and names of clips do not depend on how the samples came.
@Suite struct ClipInspectionTests {
  @Test(arguments: [1, 7, 160, 4_096]) func piecesDoNotMatter(_ piece: Int) {
    let samples = ToneDataset.tone(440, seconds: 1.03, seed: 9)
    var facts = ClipFacts.Accumulator(sampleRate: 8_000)
    var hash = ContentHash.Accumulator()
    for start in stride(from: 0, to: samples.count, by: piece) {
      let part = Array(samples[start..<min(samples.count, start + piece)])
      facts.add(part)
      hash.add(part)
    }
    #expect(facts.facts == ClipFacts(samples, sampleRate: 8_000))
    #expect(hash.value == ContentHash.of(samples))
  }

  /// Recordings that are longer than what is named at once, and one that is just as long.
  @Test(arguments: [0, 1, 70_000]) func longRecordingsAreNamedInFlatMemory(_ more: Int) {
    let samples = (0..<ContentHash.pieceLength + more).map { Float($0 % 4_099) / 5_000 }
    var hash = ContentHash.Accumulator()
    for start in stride(from: 0, to: samples.count, by: 1 << 19) {
      hash.add(Array(samples[start..<min(samples.count, start + 1 << 19)]))
    }
    #expect(hash.value == ContentHash.of(samples))
    var other = samples
    other[17] += 1e-3
    #expect(ContentHash.of(other) != hash.value)
    #expect(ContentHash.of(Array(samples.dropLast())) != hash.value)
  }
}
