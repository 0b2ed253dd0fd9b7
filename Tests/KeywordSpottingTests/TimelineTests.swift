import TestSupport
import Testing

@testable import Recognition
@testable import Sound

@Suite struct TimelineTests {
  private let classifier = Classifier(ModelFixture.model(), threads: 1)

  private func clip(seconds: Double) throws -> Clip {
    try AudioDecoder().decode(
      bytes: ToneDataset.wav(
        ToneDataset.tone(500, seconds: seconds, seed: 1), sampleRate: 8_000), name: "t")
  }

  /// Windows of a second, one every quarter, and a last one that ends with the clip.
  @Test func aLongClipIsShownAtTheMiddlesOfItsWindows() throws {
    let clip = try clip(seconds: 1.6)
    let timeline = try classifier.timeline(of: clip)
    #expect(timeline.kind == .window)
    #expect(timeline.times == [0.5, 0.75, 1, 1.1])
    let result = try classifier.classify([.clip(clip)])[0].get()
    #expect(timeline.probabilities == result.windows.map(\.probabilities))
  }

  @Test func aShortClipIsShownAsItGrows() throws {
    let clip = try clip(seconds: 0.5)
    let timeline = try classifier.timeline(of: clip)
    #expect(timeline.kind == .prefix && timeline.times.count == 20)
    #expect(timeline.times.first == 0.025 && timeline.times.last == 0.5)
    let result = try classifier.classify([.clip(clip)])[0].get()
    #expect(timeline.probabilities.last == result.probabilities)
  }
}
