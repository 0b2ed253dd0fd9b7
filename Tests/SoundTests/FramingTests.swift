import Testing

@testable import Sound

/// Every small combination of clip, window and hop, against the definition sample by sample.
@Suite struct FramingTests {
  /// The sample that a frame reads at a place that may lie outside the clip.
  static func sample(_ clip: [Float], _ place: Int, _ framing: Framing) -> Float {
    if clip.indices.contains(place) { return clip[place] }
    guard framing == .centredMirror else { return 0 }
    // Mirrored at the first and at the last sample, which are not repeated.
    return place < 0 ? clip[-place] : clip[2 * clip.count - 2 - place]
  }

  @Test(arguments: Framing.allCases) func framesAreWhereTheyShouldBe(framing: Framing) throws {
    for fft in [2, 4, 6] {
      for window in 1...fft {
        for hop in 1...5 {
          var options = FrontEndOptions()
          (options.framing, options.windowLength) = (framing, window)
          (options.hopLength, options.fftLength) = (hop, fft)
          let plan = FramePlan(options)
          for count in 0...14 {
            let clip = (0..<count).map { Float($0 + 1) }
            guard count >= plan.leastSamples else {
              #expect(framing == .centredMirror && count <= fft / 2 || framing == .padded)
              continue
            }
            let frames = plan.frameCount(count)
            let isCentred = framing == .centredZeros || framing == .centredMirror
            let expected =
              switch framing {
              case .snip: (0...count).filter { $0 * hop + window <= count }.count
              case .centredZeros, .centredMirror: (0...count).filter { $0 * hop <= count }.count
              case .padded: (0...count).first { $0 >= 1 && ($0 - 1) * hop + window >= count } ?? 1
              }
            #expect(frames == expected, "\(count) samples, window \(window), hop \(hop)")
            for t in 0..<frames {
              var frame = [Float](repeating: -1, count: window)
              var span = frame.mutableSpan
              plan.copy(frame: t, of: clip.span, into: &span)
              let start = t * hop - (isCentred ? (window + 1) / 2 : 0)
              #expect(frame == (0..<window).map { Self.sample(clip, start + $0, framing) })
            }
          }
        }
      }
    }
  }
}
