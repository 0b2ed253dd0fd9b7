import Testing

@testable import Datasets
@testable import Recognition

@Suite struct DatasetNoiseTests {
  @Test(arguments: [0, 1, 2, 9, 10, 11, 15_999, 16_000, 1_522_930])
  func piecesAreDisjointAndCoverTheRecording(sampleCount: Int) {
    let segments = NoiseSegments(sampleCount: sampleCount)
    #expect(segments.training.lowerBound == 0)
    #expect(segments.training.upperBound == segments.validation.lowerBound)
    #expect(segments.validation.upperBound == segments.testing.lowerBound)
    #expect(segments.testing.upperBound == sampleCount)
    #expect(segments.validation.count == sampleCount / 10)
    #expect(segments.testing.count == sampleCount / 10)
    for split in Split.allCases { #expect(segments[split].upperBound <= sampleCount) }
  }

  @Test func aRecordingOfOnePartStaysThere() {
    let noise = NoiseRecording(path: "n.wav", name: "n.wav", split: .testing)
    let segments = noise.segments(sampleCount: 100)
    #expect(segments[.testing] == 0..<100)
    #expect(segments[.training].isEmpty)
    #expect(segments[.validation].isEmpty)
  }

  @Test func sharesCanTakeEverything() {
    let segments = NoiseSegments(sampleCount: 7, validationPercent: 50, testingPercent: 50)
    #expect(segments.training == 0..<1)
    #expect(segments.validation == 1..<4)
    #expect(segments.testing == 4..<7)
  }
}
