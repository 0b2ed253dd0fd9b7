import CSndfile
import Testing

@testable import Sound

/// Writers into pipes leave numbers that they do not know: such files are read to their end, and odd
/// numbers beside the samples do not change the samples.
@Suite struct OpenLengthTests {
  private let decoder = AudioDecoder()
  private let samples = SoundFileWriter.sine(frames: 800, channels: 1, sampleRate: 8_000)

  private func file(_ container: Int, _ encoding: Int = Int(SF_FORMAT_PCM_16)) throws -> [UInt8] {
    try SoundFileWriter.bytes(
      samples, container: container, encoding: encoding, sampleRate: 8_000, channels: 1)
  }

  private func frames(_ bytes: [UInt8]) throws -> Int {
    try decoder.decode(bytes: bytes, name: "x").source.frames
  }

  /// Where a chunk's size stands in a file.
  private func place(_ id: String, in bytes: [UInt8]) throws -> Int {
    try #require(bytes.indices.first { bytes.letters(at: $0) == id }) + 4
  }

  /// What ffmpeg, sox and libsndfile leave, as number of bytes of the samples.
  @Test(arguments: [0, 0xFFFF_FFFF, 0x7FFF_FFFF]) func auIsReadToItsEnd(_ size: Int) throws {
    var bytes = try file(SF_FORMAT_AU)
    bytes.replaceSubrange(8..<12, with: ByteOrder.big.bytes(size, count: 4))
    #expect(try frames(bytes) == 800)
  }

  @Test(arguments: [(0, 0), (0x3F80_0000, 0x7F00_0008), (800, 0), (0, 1608), (-1, 0xFFFF_FFFF)])
  func aiffIsReadToItsEnd(_ count: Int, _ size: Int) throws {
    var bytes = try file(SF_FORMAT_AIFF)
    let common = try place("COMM", in: bytes)
    bytes.replaceSubrange(common + 6..<common + 10, with: ByteOrder.big.bytes(count, count: 4))
    let sound = try place("SSND", in: bytes)
    bytes.replaceSubrange(sound..<sound + 4, with: ByteOrder.big.bytes(size, count: 4))
    #expect(try frames(bytes) == 800)
  }

  /// The frames that COMM counts are fewer than those in SSND: other decoders hear them all.
  @Test func aiffWithTooSmallACountIsReadWhole() throws {
    var bytes = try file(SF_FORMAT_AIFF)
    let common = try place("COMM", in: bytes)
    bytes.replaceSubrange(common + 6..<common + 10, with: ByteOrder.big.bytes(80, count: 4))
    #expect(try frames(bytes) == 800)
  }

  @Test(arguments: [0, 1 << 62, -1]) func w64IsReadToItsEnd(_ size: Int) throws {
    var bytes = try file(SF_FORMAT_W64)
    let data = try place("data", in: bytes) + 12
    bytes.replaceSubrange(data..<data + 8, with: ByteOrder.little.bytes(size, count: 8))
    #expect(try frames(bytes) == 800)
  }

  /// Numbers of a fmt chunk: bits a sample, bytes a frame, and what 800 samples of 4 bytes hold then.
  @Test(arguments: [
    (16, 4, 1600), (24, 4, 800), (20, 4, 800), (32, 0, 800), (32, 1, 800), (16, 0, 1600),
    (12, 2, 1600),
  ])
  func sizesOfSamplesAreSettled(_ bits: Int, _ frameSize: Int, _ count: Int) throws {
    let bytes = BrokenFileTests.wav(
      frameSize: frameSize, bits: bits, data: [UInt8](repeating: 1, count: 3_200))
    #expect(try frames(bytes) == count)
  }

  /// 20 bits are the upper ones of their 32.
  @Test func twentyBitsAreScaledRight() throws {
    let bytes = BrokenFileTests.wav(
      frameSize: 4, bits: 20, data: [0, 0, 0, 0x40, 0, 0, 0, 0xC0, 0, 0x10, 0, 0])
    #expect(
      try decoder.decode(bytes: bytes, name: "x").samples == [0.5, -0.5, Float(0x1000) / 0x1p31])
  }

  @Test(arguments: [(1, 8, 64, "64-bit PCM in WAV"), (3, 2, 16, "16-bit float in WAV")])
  func widthsThatAreNotReadAreNamed(_ tag: Int, _ size: Int, _ bits: Int, _ what: String) {
    let bytes = BrokenFileTests.wav(
      tag: tag, frameSize: size, bits: bits, data: [UInt8](repeating: 0, count: 160))
    #expect(throws: AudioError.unsupported(name: "x", what: what)) { try frames(bytes) }
  }

  /// A fact chunk of any size.
  @Test(arguments: [0, 3, 4, 27, 602]) func factsOfAnySizeAreRead(_ size: Int) throws {
    let fact =
      Array("fact".utf8) + ByteOrder.little.bytes(size, count: 4)
      + [UInt8](repeating: 0, count: size + size % 2)
    let bytes = BrokenFileTests.wav(before: fact, data: [UInt8](repeating: 1, count: 1_600))
    #expect(try frames(bytes) == 800)
  }

  /// As sox and ffmpeg take it.
  @Test func ofTwoFormatChunksTheFirstCounts() throws {
    let first = Array(BrokenFileTests.wav(data: [])[12..<36])
    let bytes = BrokenFileTests.wav(
      channels: 2, frameSize: 4, before: first, data: [UInt8](repeating: 1, count: 1_600))
    #expect(try frames(bytes) == 800)
  }

  @Test func tensOfThousandsOfChunksMayComeBefore() throws {
    let empty = Array("JUNK".utf8) + [0, 0, 0, 0]
    let bytes = BrokenFileTests.wav(
      before: (0..<50_000).flatMap { _ in empty }, data: [UInt8](repeating: 1, count: 1_600))
    #expect(try frames(bytes) == 800)
  }

  /// A fmt chunk of 17 bytes with its padding.
  @Test func anOddFormatChunkIsRead() throws {
    var bytes = BrokenFileTests.wav(data: [UInt8](repeating: 1, count: 1_600))
    bytes[16] = 17
    bytes.insert(contentsOf: [0, 0], at: 36)
    #expect(try frames(bytes) == 800)
  }
}
