import CSndfile
import SystemPackage
import Testing

@testable import Sound

/// Reading in blocks is reading, without a limit of length.
@Suite struct AudioReaderTests {
  /// What a reader gives until it ends.
  static func samples(_ reader: AudioReader) throws -> [Float] {
    var samples: [Float] = []
    while let block = try reader.next() {
      #expect(!block.isEmpty)
      samples += block
    }
    return samples
  }

  static func file(seconds: Int, sampleRate: Int = 8_000, channels: Int = 2) throws -> [UInt8] {
    try SoundFileWriter.bytes(
      SoundFileWriter.sine(
        frames: seconds * sampleRate, channels: channels, sampleRate: sampleRate),
      container: Int(SF_FORMAT_FLAC), encoding: Int(SF_FORMAT_PCM_16), sampleRate: sampleRate,
      channels: channels)
  }

  @Test(arguments: [nil, 8_000, 16_000, 11_025, 1_000]) func blocksMakeTheClip(rate: Int?) throws {
    let file = try Self.file(seconds: 2)
    for channel in [nil, 2] {
      let decoder = AudioDecoder(sampleRate: rate, channel: channel)
      let reader = try decoder.open(bytes: file, name: "x")
      #expect(reader.format.frames == 0 && reader.sampleRate == rate ?? 8_000)
      let clip = try decoder.decode(bytes: file, name: "x")
      #expect(try Self.samples(reader) == clip.samples)
      #expect(reader.format == clip.source && clip.source.frames == 16_000)
      #expect(try reader.next() == nil)
    }
  }

  @Test func aFileOnTheDiskIsReadAlike() throws {
    let path = FilePath(Fixtures.folder.appending(path: "odd/flac.flac").path)
    let decoder = AudioDecoder(sampleRate: 11_025)
    #expect(try Self.samples(decoder.open(path)) == decoder.decode(path).samples)
  }

  @Test func onlyClipsHaveALimit() throws {
    let file = try Self.file(seconds: 3)
    let decoder = AudioDecoder(maximumSeconds: 2)
    #expect(throws: AudioError.tooLong(name: "x", maximumSeconds: 2)) {
      try decoder.decode(bytes: file, name: "x")
    }
    #expect(try Self.samples(decoder.open(bytes: file, name: "x")).count == 24_000)
  }

  @Test func afterAnErrorNothingComes() throws {
    var data = [UInt8](repeating: 0, count: 80_000)
    data.replaceSubrange(60_000..<60_004, with: withUnsafeBytes(of: Float.nan) { Array($0) })
    let file = BrokenFileTests.wav(tag: 3, frameSize: 4, bits: 32, data: data)
    let reader = try AudioDecoder().open(bytes: file, name: "x")
    #expect(throws: AudioError.notFinite(name: "x", frame: 15_000)) { try Self.samples(reader) }
    #expect(try reader.next() == nil)
  }

  /// A file whose end is missing tells so where the samples end.
  @Test func aCutFileTellsAtItsEnd() throws {
    let whole = try Self.file(seconds: 2)
    let reader = try AudioDecoder().open(bytes: Array(whole[..<(whole.count / 2)]), name: "x")
    var found = 0
    let error = #expect(throws: AudioError.self) {
      while let block = try reader.next() { found += block.count }
    }
    guard case .cut("x", declared: 16_000, _) = error else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(found > 4_000 && found < 16_000)
  }
}
