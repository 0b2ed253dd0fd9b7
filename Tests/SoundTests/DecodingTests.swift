import Foundation
import SystemPackage
import Testing

@testable import Sound

@Suite struct DecodingTests {
  /// A 16-bit PCM WAV file of interleaved values.
  static func wav(_ values: [Int16], sampleRate: UInt32 = 16_000, channels: UInt16 = 1) -> [UInt8] {
    func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
      withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
    let data = values.flatMap { bytes($0) }
    let blockAlign = channels * 2
    return Array("RIFF".utf8) + bytes(UInt32(36 + data.count)) + Array("WAVEfmt ".utf8)
      + bytes(UInt32(16)) + bytes(UInt16(1)) + bytes(channels) + bytes(sampleRate)
      + bytes(sampleRate * UInt32(blockAlign)) + bytes(blockAlign) + bytes(UInt16(16))
      + Array("data".utf8) + bytes(UInt32(data.count)) + data
  }

  @Test func sixteenBitSamplesAreExact() throws {
    let values: [Int16] = [0, 1, -1, 16_384, -32_768, 32_767]
    let clip = try AudioDecoder().decode(bytes: Self.wav(values), name: "x")
    #expect(clip.samples == values.map { Float($0) / 32_768 })
    #expect(
      clip.source
        == AudioFormat(
          container: "WAV", encoding: "16-bit PCM", sampleRate: 16_000, channels: 1, frames: 6))
  }

  @Test func channelsAreMixedOrChosen() throws {
    let file = Self.wav([16_384, 0, -16_384, 8_192], channels: 2)
    #expect(try AudioDecoder().decode(bytes: file, name: "x").samples == [0.25, -0.125])
    #expect(try AudioDecoder(channel: 2).decode(bytes: file, name: "x").samples == [0, 0.25])
    #expect(throws: AudioError.noSuchChannel(name: "x", channel: 3, channels: 2)) {
      try AudioDecoder(channel: 3).decode(bytes: file, name: "x")
    }
  }

  @Test func anotherRateIsResampled() throws {
    let file = Self.wav([Int16](repeating: 1_000, count: 44_100), sampleRate: 44_100)
    let clip = try AudioDecoder(sampleRate: 16_000).decode(bytes: file, name: "x")
    #expect(clip.samples.count == 16_000 && clip.sampleRate == 16_000)
    #expect(abs(clip.samples[8_000] - 1_000 / 32_768) < 1e-5)
    #expect(clip.source.frames == 44_100 && clip.source.sampleRate == 44_100)
  }

  @Test func missingFilesAndPipesAreTold() throws {
    #expect(throws: AudioError.missing(name: "/nonexistent/x.wav")) {
      try AudioDecoder().decode(FilePath("/nonexistent/x.wav"))
    }
    let folder = FileManager.default.temporaryDirectory.path
    #expect(throws: AudioError.notRegularFile(name: folder)) {
      try AudioDecoder().decode(FilePath(folder))
    }
    let pipe = folder + "/kws-\(UUID()).wav"
    #expect(mkfifo(pipe, 0o600) == 0)
    defer { unlink(pipe) }
    #expect(throws: AudioError.notRegularFile(name: pipe)) {
      try AudioDecoder().decode(FilePath(pipe))
    }
  }
}
