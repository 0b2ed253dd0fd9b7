import Testing

@testable import Sound

/// Frames do not depend on how a stream is cut, nor features on which windows share them.
@Suite struct FrontEndStreamTests {
  static let streaming: [FrontEndPreset] = [.kws, .kaldi, .tensorflow, .htk]
  static let rates = [8_000, 16_000, 44_100]

  /// Half a second of noise that grows, so that no two frames are alike.
  static func recording(_ sampleRate: Int) -> [Float] {
    var generator = TestGenerator()
    let noise = generator.noise(sampleRate / 2)
    return noise.enumerated().map { $1 * Float($0 + 1) / Float(noise.count) }
  }

  /// The frames of a recording that comes in pieces of a size.
  static func frames(
    _ samples: [Float], _ frontEnd: FrontEnd, piece: Int
  ) throws -> StaticFrames {
    var stream = try frontEnd.stream()
    var frames = StaticFrames(frontEnd.options)
    for start in stride(from: 0, to: samples.count, by: piece) {
      try stream.push(Array(samples[start..<min(samples.count, start + piece)]))
      stream.take(into: &frames)
    }
    stream.finish(into: &frames)
    #expect(stream.frameCount == frames.count && stream.sampleCount == samples.count)
    return frames
  }

  @Test(arguments: streaming, rates) func piecesDoNotShow(
    preset: FrontEndPreset, sampleRate: Int
  ) throws {
    let frontEnd = try FrontEnd(FrontEndOptions(preset: preset, sampleRate: sampleRate))
    let samples = Self.recording(sampleRate)
    let whole = try Self.frames(samples, frontEnd, piece: samples.count)
    #expect(whole.count == frontEnd.frameCount(sampleCount: samples.count) && whole.count > 20)
    for piece in [1, 7, 160, 4_096] {
      #expect(try Self.frames(samples, frontEnd, piece: piece) == whole, "pieces of \(piece)")
    }
    #expect(
      try frontEnd.features(of: whole, in: 0..<whole.count) == frontEnd.features(of: samples))
  }

  /// With slopes, clip mean and normalisation, which are of each window alone.
  @Test(arguments: streaming, rates) func windowsAreAsIfAlone(
    preset: FrontEndPreset, sampleRate: Int
  ) throws {
    for (rule, subtractsClipMean) in [
      (DeltaRule.regression, false), (.regression, true), (.savitzkyGolay, true),
    ] {
      var options = FrontEndOptions(preset: preset, sampleRate: sampleRate)
      (options.deltaOrder, options.deltaRule) = (2, rule)
      options.subtractsClipMean = subtractsClipMean
      let normalization = FeatureNormalization(
        mean: (0..<options.featureCount).map { Float($0) },
        deviation: (0..<options.featureCount).map { Float($0 + 1) })
      let frontEnd = try FrontEnd(options, normalization: normalization)
      let samples = Self.recording(sampleRate)
      let shared = try Self.frames(samples, frontEnd, piece: 160)
      // Windows of 10 frames and some samples more, every 3 frames.
      let length = options.windowLength + 9 * options.hopLength + options.hopLength / 2
      let count = frontEnd.frameCount(sampleCount: length)
      #expect(count == 10)
      for first in stride(from: 0, through: shared.count - count, by: 3) {
        let start = first * options.hopLength
        guard start + length <= samples.count else { break }
        let alone = try frontEnd.features(of: Array(samples[start..<start + length]))
        #expect(try frontEnd.features(of: shared, in: first..<first + count) == alone)
      }
    }
  }

  @Test func windowsWithGapsStream() throws {
    var options = FrontEndOptions()
    options.hopLength = 1_000
    let frontEnd = try FrontEnd(options)
    let samples = Self.recording(16_000)
    let whole = try Self.frames(samples, frontEnd, piece: samples.count)
    #expect(whole.count == 8)
    for piece in [1, 7, 160, 480, 999] {
      #expect(try Self.frames(samples, frontEnd, piece: piece) == whole, "pieces of \(piece)")
    }
  }

  @Test func aStreamStartsAnew() throws {
    let frontEnd = try FrontEnd(FrontEndOptions())
    let samples = Self.recording(16_000)
    var stream = try frontEnd.stream()
    var (first, second) = (StaticFrames(frontEnd.options), StaticFrames(frontEnd.options))
    try stream.push(Array(samples[..<5_000]))
    stream.finish(into: &first)
    stream.reset()
    #expect(stream.sampleCount == 0 && stream.frameCount == 0)
    try stream.push(samples)
    stream.finish(into: &second)
    #expect(second == (try Self.frames(samples, frontEnd, piece: 7)))
    #expect(first.values == Array(second.values.prefix(first.values.count)))
  }

  @Test func oldFramesAreDropped() throws {
    let frontEnd = try FrontEnd(FrontEndOptions())
    let whole = try Self.frames(Self.recording(16_000), frontEnd, piece: 160)
    var rest = whole
    rest.removeFirst(5)
    #expect(rest.count == whole.count - 5)
    #expect(
      try frontEnd.features(of: rest, in: 0..<10) == frontEnd.features(of: whole, in: 5..<15))
  }

  /// Samples count from the stream's first, and a refused piece leaves no trace.
  @Test func aBadSampleIsTold() throws {
    let frontEnd = try FrontEnd(FrontEndOptions())
    let samples = Self.recording(16_000)
    var stream = try frontEnd.stream()
    try stream.push(Array(samples[..<1_000]))
    let bad: [Float] = [0, 0, .nan]
    let error = #expect(throws: FrontEndError.self) { try stream.push(bad) }
    guard case .sampleOutOfRange(sample: 1_002, let value) = error else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(value.isNaN)
    var frames = StaticFrames(frontEnd.options)
    try stream.push(Array(samples[1_000...]))
    stream.finish(into: &frames)
    #expect(frames == (try Self.frames(samples, frontEnd, piece: 4_096)))
  }

  @Test(arguments: [
    (FrontEndPreset.librosa, "framing", "centredZeros"),
    (.torchaudio, "framing", "centredMirror"), (.psf, "preEmphasisScope", "clip"),
  ]) func presetsThatNeedTheClipAreRefused(
    preset: FrontEndPreset, option: String, value: String
  ) throws {
    for sampleRate in Self.rates {
      let frontEnd = try FrontEnd(FrontEndOptions(preset: preset, sampleRate: sampleRate))
      #expect(throws: FrontEndError.cannotStream(option: option, value: value)) {
        try frontEnd.stream()
      }
    }
    #expect(Set(Self.streaming).isDisjoint(with: [preset]))
  }

  @Test func optionsThatNeedTheClipAreRefused() throws {
    func refused(_ option: String, _ value: String, _ change: (inout FrontEndOptions) -> Void) {
      var options = FrontEndOptions(preset: .kws, sampleRate: 16_000)
      change(&options)
      #expect(throws: FrontEndError.cannotStream(option: option, value: value)) {
        try FrontEnd(options).stream()
      }
    }
    refused("levelDecibels", "-26.0") { $0.levelDecibels = -26 }
    refused("framing", "padded") { $0.framing = .padded }
    refused("logRange", "80.0") { $0.logRange = 80 }
    refused("preEmphasisScope", "clip") {
      ($0.preEmphasis, $0.preEmphasisScope) = (0.97, .clip)
    }
    // Without pre-emphasis its scope says nothing.
    var options = FrontEndOptions()
    options.preEmphasisScope = .clip
    _ = try FrontEnd(options).stream()
  }

  @Test func theLookaheadIsThatOfAllStages() throws {
    func lookahead(_ change: (inout FrontEndOptions) -> Void) throws -> Lookahead {
      var options = FrontEndOptions(preset: .kws, sampleRate: 16_000)
      change(&options)
      return try FrontEnd(options).lookahead
    }
    #expect(try lookahead { _ in } == .frames(4))
    #expect(try lookahead { $0.deltaOrder = 0 } == .frames(0))
    #expect(try lookahead { $0.deltaRule = .savitzkyGolay } == .frames(4))
    #expect(try lookahead { ($0.deltaRule, $0.deltaOrder) = (.savitzkyGolay, 1) } == .frames(4))
    #expect(try lookahead { ($0.deltaReach, $0.deltaOrder) = (5, 1) } == .frames(5))
    #expect(
      try lookahead { $0.subtractsClipMean = true }
        == .wholeClip(option: "subtractsClipMean", value: "true"))
    // The first of two.
    #expect(
      try lookahead { ($0.logRange, $0.subtractsClipMean) = (80, true) }
        == .wholeClip(option: "logRange", value: "80.0"))
  }

  /// What the lookahead says is true: changing later samples changes no frame before it.
  @Test(arguments: DeltaRule.allCases) func nothingBeyondTheLookaheadIsRead(rule: DeltaRule) throws
  {
    for order in 0...2 {
      var options = FrontEndOptions(preset: .kws, sampleRate: 8_000)
      (options.deltaRule, options.deltaOrder) = (rule, order)
      let frontEnd = try FrontEnd(options)
      guard case .frames(let lookahead) = frontEnd.lookahead else {
        Issue.record("\(frontEnd.lookahead)")
        return
      }
      let samples = Self.recording(8_000)
      let whole = try frontEnd.features(of: samples)
      // Silence from the end of frame `lookahead` + 5 on: frames 0 to 5 do not see it.
      var changed = samples
      let end = (lookahead + 5) * options.hopLength + options.windowLength
      for place in end..<changed.count { changed[place] = 0 }
      let other = try frontEnd.features(of: changed)
      for frame in 0...5 { #expect(whole[frame] == other[frame], "frame \(frame)") }
      #expect(whole != other)
    }
  }
}
