import CSndfile
import Foundation
import SystemPackage
import Testing

@testable import Sound

/// Each kind of damage has its own error.
@Suite struct BrokenFileTests {
  static let decoder = AudioDecoder(maximumSeconds: 2)

  static func file(_ container: Int, _ encoding: Int, frames: Int = 8_000) throws -> [UInt8] {
    try SoundFileWriter.bytes(
      SoundFileWriter.sine(frames: frames, channels: 1, sampleRate: 16_000), container: container,
      encoding: encoding, sampleRate: 16_000, channels: 1)
  }

  /// A WAV header of our own making, and samples.
  static func wav(
    tag: Int = 1, channels: Int = 1, sampleRate: Int = 16_000, frameSize: Int = 2, bits: Int = 16,
    before: [UInt8] = [], dataSize: Int? = nil, outer: Int? = nil, data: [UInt8]
  ) -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
      ByteOrder.little.bytes(value, count: count)
    }
    var chunks = Array("WAVE".utf8) + before + Array("fmt ".utf8) + number(16, 4)
    chunks += number(tag, 2) + number(channels, 2) + number(sampleRate, 4)
    chunks += number(sampleRate * frameSize, 4) + number(frameSize, 2) + number(bits, 2)
    chunks += Array("data".utf8) + number(dataSize ?? data.count, 4) + data
    return Array("RIFF".utf8) + number(outer ?? chunks.count, 4) + chunks
  }

  static let second = [UInt8](repeating: 1, count: 32_000)

  static func expect(
    _ error: AudioError, _ bytes: [UInt8], _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(throws: error, sourceLocation: location) { try decoder.decode(bytes: bytes, name: "x") }
  }

  @Test(arguments: [
    SF_FORMAT_WAV, SF_FORMAT_W64, SF_FORMAT_RF64, SF_FORMAT_AIFF, SF_FORMAT_AU, SF_FORMAT_CAF,
  ]) func cutFilesTellBothNumbers(container: Int) throws {
    let bytes = try Self.file(container, Int(SF_FORMAT_PCM_16))
    let samples = try AudioLayout(ByteSource(bytes), name: "x").view.range
    try #require(samples.count == 16_000)
    // A thousand frames and a byte are missing.
    Self.expect(
      .cut(name: "x", declared: 8_000, found: 6_999), Array(bytes[..<(samples.upperBound - 2_001)]))
  }

  @Test func cutFlacTellsBothNumbers() throws {
    let bytes = try Self.file(Int(SF_FORMAT_FLAC), Int(SF_FORMAT_PCM_16))
    // FLAC frames of 4,096 samples: the first is whole.
    Self.expect(
      .cut(name: "x", declared: 8_000, found: 4_096), Array(bytes.dropLast(1_000)))
  }

  @Test func cutStreamsAreTold() throws {
    let opus = try Self.file(Int(SF_FORMAT_OGG), Int(SF_FORMAT_OPUS))
    Self.expect(
      .broken(name: "x", reason: "it is cut after 2 Ogg pages; copy or record it again"),
      Array(opus.dropLast(100)))
    let mp3 = try Self.file(Int(SF_FORMAT_MPEG), Int(SF_FORMAT_MPEG_LAYER_III))
    let error = #expect(throws: AudioError.self) {
      try Self.decoder.decode(bytes: Array(mp3.dropLast(100)), name: "x")
    }
    #expect(error?.description.contains("is cut; copy or record it again") == true)
    // Whole frames missing show against the number in the first frame's tag.
    var place = 0
    var starts: [Int] = []
    while let header = MpegHeader(mp3[place...].prefix(4)) {
      starts.append(place)
      place += header.size
    }
    let declared = (starts.count - 1) * 576
    Self.expect(
      .cut(name: "x", declared: declared, found: declared - 2 * 576),
      Array(mp3[..<starts[starts.count - 2]]))
  }

  @Test func lengthsThatNoHeaderTellsAreFound() throws {
    // FLAC from a pipe: the 36 bits of the number of frames are zero.
    var flac = try Self.file(Int(SF_FORMAT_FLAC), Int(SF_FORMAT_PCM_16))
    flac[21] &= 0xF0
    flac.replaceSubrange(22..<26, with: [0, 0, 0, 0])
    #expect(try Self.decoder.decode(bytes: flac, name: "x").samples.count == 8_000)
    // MP3 without the first frame's tag: all frames are decoded.
    let mp3 = try Self.file(Int(SF_FORMAT_MPEG), Int(SF_FORMAT_MPEG_LAYER_III))
    var (place, frames) = (0, 0)
    while let header = MpegHeader(mp3[place...].prefix(4)) {
      place += header.size
      frames += 1
    }
    let first = try #require(MpegHeader(mp3[...])).size
    let clip = try Self.decoder.decode(bytes: Array(mp3[first...]), name: "x")
    #expect(clip.samples.count == (frames - 1) * 576)
  }

  @Test func damagedOggPagesAreTold() throws {
    var opus = try Self.file(Int(SF_FORMAT_OGG), Int(SF_FORMAT_OPUS))
    opus[opus.count - 50] ^= 1
    Self.expect(
      .broken(name: "x", reason: "Ogg page 2 has a wrong checksum; copy or record it again"), opus)
  }

  @Test func severalOggStreamsAreRefused() throws {
    let opus = try Self.file(Int(SF_FORMAT_OGG), Int(SF_FORMAT_OPUS))
    Self.expect(.unsupported(name: "x", what: "more than one stream in Ogg"), opus + opus)
  }

  @Test func openLengthsAreReadToTheEnd() throws {
    // What a pipe's writer leaves: it cannot go back to put the sizes down.
    for size in [0, 0xFFFF_FFFF, 0x7FFF_FFFF, 0x8000_0000] {
      let outer = size == 0 ? 0 : 0xFFFF_FFFF
      let bytes = Self.wav(dataSize: size, outer: outer, data: Self.second)
      #expect(try Self.decoder.decode(bytes: bytes, name: "x").samples.count == 16_000)
    }
    // An empty data chunk in a file whose outer size is right is no such thing.
    let list = Array("LIST".utf8) + [4, 0, 0, 0] + Array("INFO".utf8)
    let empty = Self.wav(dataSize: 0, data: list)
    Self.expect(.empty(name: "x"), empty)
  }

  @Test func inflatedSizesAreCutFiles() {
    Self.expect(
      .cut(name: "x", declared: 500_000_000, found: 16_000),
      Self.wav(dataSize: 1_000_000_000, data: Self.second))
  }

  @Test func numbersOutOfRangeAreTold() {
    for rate in [0, 1, 999, 768_001, 0xFFFF_FFFF] {
      Self.expect(
        .sampleRateOutOfRange(name: "x", sampleRate: rate),
        Self.wav(sampleRate: rate, data: Self.second))
    }
    for channels in [0, 65, 1_000] {
      Self.expect(
        .channelCountOutOfRange(name: "x", channels: channels),
        Self.wav(channels: channels, frameSize: 2 * channels, data: Self.second))
    }
    Self.expect(
      .broken(name: "x", reason: "frames of 7 bytes do not hold 2 channels"),
      Self.wav(channels: 2, frameSize: 7, bits: 24, data: Self.second))
    Self.expect(
      .unsupported(name: "x", what: "IMA ADPCM in WAV"), Self.wav(tag: 0x11, data: Self.second))
  }

  @Test func nothingInsideIsTold() {
    Self.expect(.empty(name: "x"), [])
    Self.expect(.empty(name: "x"), Self.wav(data: []))
    Self.expect(.notAudio(name: "x"), Array("Hello, this is a text file.\n".utf8))
    Self.expect(.notAudio(name: "x"), [0])
    Self.expect(
      .broken(name: "x", reason: "it has no data chunk"),
      Array(Self.wav(data: Self.second).prefix(36)))
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity]) func notFiniteSamplesAreTold(value: Float) {
    var data = [UInt8](repeating: 0, count: 4_000)
    data.replaceSubrange(400..<404, with: withUnsafeBytes(of: value) { Array($0) })
    Self.expect(
      .notFinite(name: "x", frame: 100), Self.wav(tag: 3, frameSize: 4, bits: 32, data: data))
  }

  @Test func absurdSamplesAreTold() {
    var data = [UInt8](repeating: 0, count: 4_000)
    data.replaceSubrange(400..<404, with: withUnsafeBytes(of: Float(1e9)) { Array($0) })
    Self.expect(
      .tooLoud(name: "x", frame: 100, value: 1e9),
      Self.wav(tag: 3, frameSize: 4, bits: 32, data: data))
  }

  /// Twenty frames at 768 kHz are less than half a sample at 16 kHz.
  @Test func tooLittleForOneSampleIsTold() {
    let bytes = Self.wav(sampleRate: 768_000, data: [UInt8](repeating: 1, count: 40))
    let format = AudioFormat(
      container: "WAV", encoding: "16-bit PCM", sampleRate: 768_000, channels: 1, frames: 20)
    #expect(throws: AudioError.tooShort(name: "x", format, sampleRate: 16_000)) {
      try AudioDecoder(sampleRate: 16_000).decode(bytes: bytes, name: "x")
    }
  }

  @Test func readingStopsAtTheLimit() {
    Self.expect(
      .tooLong(name: "x", maximumSeconds: 2), Self.wav(data: Self.second + Self.second + [0, 0]))
    #expect(throws: Never.self) {
      try Self.decoder.decode(bytes: Self.wav(data: Self.second + Self.second), name: "x")
    }
  }

  /// 2^26 samples at 768 kHz are 87 s: the limit of memory comes before that of time.
  @Test func highRatesHaveAShorterLimit() {
    #expect(AudioDecoder().limit(at: 16_000) == 3_600)
    #expect(AudioDecoder().limit(at: 768_000) == 0x1p26 / 768_000)
    #expect(Self.decoder.limit(at: 768_000) == 2)
  }

  /// Reasons of files that libsndfile does not open belong to the whole process.
  @Test func reasonsAreNotSwappedBetweenThreads() throws {
    let vorbis = try Self.file(Int(SF_FORMAT_OGG), Int(SF_FORMAT_VORBIS))
    // The first page says that it is the last: no Vorbis stream. The FLAC has 0 bits a sample.
    var ogg = vorbis
    ogg[5] = 6
    ogg.replaceSubrange(22..<26, with: [0, 0, 0, 0])
    let page = 27 + Int(ogg[26]) + ogg[27..<27 + Int(ogg[26])].reduce(0) { $0 + Int($1) }
    ogg.replaceSubrange(
      22..<26, with: ByteOrder.little.bytes(Int(OggChecksum.of(Array(ogg[..<page]))), count: 4))
    var flac = try Self.file(Int(SF_FORMAT_FLAC), Int(SF_FORMAT_PCM_16))
    (flac[18], flac[19], flac[20]) = (0, 0, 0)
    @Sendable func reason(_ bytes: [UInt8]) -> AudioError? {
      #expect(throws: AudioError.self) { try Self.decoder.decode(bytes: bytes, name: "x") }
    }
    let files = [ogg, flac]
    let reasons = files.map(reason)
    try #require(reasons[0] != reasons[1])
    DispatchQueue.concurrentPerform(iterations: 400) { index in
      #expect(reason(files[index % 2]) == reasons[index % 2])
    }
  }

  @Test func chunksThatAreNotNeededStayUnread() throws {
    // A list whose size reaches past the end makes libsndfile 1.2 loop for long (its issue 1118).
    let list = Array("LIST".utf8) + [16, 0, 0, 0] + Array("INFOIART".utf8) + [255, 255, 255, 127]
    let before = list + [0, 0, 0, 0]
    let bytes = Self.wav(before: before, data: Self.second) + list
    #expect(try Self.decoder.decode(bytes: bytes, name: "x").samples.count == 16_000)
  }

  @Test func everyCutAndManyFlipsEndInAnAnswer() throws {
    var generator = TestGenerator()
    for (container, encoding) in [
      (SF_FORMAT_WAV, SF_FORMAT_PCM_16), (SF_FORMAT_W64, SF_FORMAT_PCM_16),
      (SF_FORMAT_RF64, SF_FORMAT_PCM_16), (SF_FORMAT_AIFF, SF_FORMAT_FLOAT),
      (SF_FORMAT_AU, SF_FORMAT_ULAW), (SF_FORMAT_CAF, SF_FORMAT_PCM_16),
      (SF_FORMAT_FLAC, SF_FORMAT_PCM_16), (SF_FORMAT_OGG, SF_FORMAT_VORBIS),
      (SF_FORMAT_OGG, SF_FORMAT_OPUS),
    ] {
      let bytes = try Self.file(container, encoding, frames: 100)
      for count in stride(from: 0, to: min(bytes.count, 600), by: 1) {
        #expect(throws: AudioError.self, "cut to \(count)") {
          try Self.decoder.decode(bytes: Array(bytes[..<count]), name: "x")
        }
        var flipped = bytes
        flipped[count] = UInt8.random(in: 0...255, using: &generator)
        _ = try? Self.decoder.decode(bytes: flipped, name: "x")
      }
    }
  }

  @Test func namesThatAreNotUTF8Open() throws {
    let folder = FilePath(FileManager.default.temporaryDirectory.path)
    var path = folder.pushing(FilePath("kws-\(UUID())"))
    path = path.withPlatformString { old in
      let raw = Array(UnsafeBufferPointer(start: old, count: path.string.utf8.count))
      return (raw + [CChar(bitPattern: 0xFF), 0x2E, 0x77, 0x61, 0x76, 0]).withUnsafeBufferPointer {
        FilePath(platformString: $0.baseAddress!)
      }
    }
    let descriptor = path.withPlatformString { open($0, O_CREAT | O_WRONLY, 0o600) }
    try #require(descriptor >= 0)
    defer { path.withPlatformString { _ = unlink($0) } }
    let bytes = Self.wav(data: Self.second)
    #expect(write(descriptor, bytes, bytes.count) == bytes.count)
    close(descriptor)
    #expect(try Self.decoder.decode(path).samples.count == 16_000)
  }
}
