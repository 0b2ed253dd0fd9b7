import CSndfile
import Testing

@testable import Sound

/// MP3 with and without a tag of its encoder, and what may stand around the frames.
@Suite struct MpegTests {
  private let decoder = AudioDecoder()
  /// 8,000 samples at 16 kHz: a tag and 15 frames of 576 samples.
  private let tagged: [UInt8]
  private let starts: [Int]

  init() throws {
    tagged = try SoundFileWriter.bytes(
      SoundFileWriter.sine(frames: 8_000, channels: 1, sampleRate: 16_000),
      container: Int(SF_FORMAT_MPEG), encoding: Int(SF_FORMAT_MPEG_LAYER_III), sampleRate: 16_000,
      channels: 1)
    var (place, starts) = (0, [Int]())
    while let header = MpegHeader(tagged[place...]) {
      starts.append(place)
      place += header.size
    }
    self.starts = starts
  }

  /// The frames without the tag.
  private var plain: [UInt8] { Array(tagged[starts[1]...]) }
  private var plainCount: Int { (starts.count - 1) * 576 }

  private func frames(_ bytes: [UInt8]) throws -> Int {
    try decoder.decode(bytes: bytes, name: "x").source.frames
  }

  @Test func theTagTellsTheLength() throws {
    #expect(try frames(tagged) == 8_000)
    #expect(try frames(plain) == plainCount)
  }

  /// Sound, with or without the count: the samples behind the decoder's delay of 529 are the same.
  @Test func theLastSamplesAreDecoded() throws {
    let whole = try decoder.decode(bytes: tagged, name: "x").samples
    let all = try decoder.decode(bytes: plain, name: "x").samples
    let offset = try #require(
      (0..<1_200).min { left, right in
        func difference(_ offset: Int) -> Float {
          stride(from: 2_000, to: 6_000, by: 61).reduce(0) { sum, place in
            sum + abs(whole[place] - all[place + offset])
          }
        }
        return difference(left) < difference(right)
      })
    #expect(zip(whole, all[offset...]).allSatisfy { abs($0 - $1) < 1e-4 })
    #expect(all.count - offset >= whole.count)
  }

  /// Fraunhofer's tag is no sound.
  @Test func aTagOfFraunhoferIsLeftOut() throws {
    var tag = Array(plain[..<(starts[2] - starts[1])])
    tag.replaceSubrange(4..., with: [UInt8](repeating: 0, count: tag.count - 4))
    tag.replaceSubrange(36..<40, with: Array("VBRI".utf8))
    #expect(try frames(tag + plain) == plainCount)
  }

  /// An old tag that counts the frames and names no delay.
  @Test func aTagWithoutDelayIsReplaced() throws {
    let bytes = MpegTag.counting(starts.count - 1, Array(plain[..<4])).map { $0 }
    let place = try #require(bytes.indices.first { bytes.letters(at: $0) == "Xing" })
    let bare = bytes[..<(place + 12)] + [UInt8](repeating: 0, count: bytes.count - place - 12)
    #expect(try frames(bare + plain) == plainCount)
  }

  @Test(arguments: [
    [UInt8](repeating: 0, count: 5_000), Array("TAG".utf8) + [UInt8](repeating: 32, count: 125),
    Array("APETAGEX".utf8) + [UInt8](repeating: 1, count: 3_000),
    Array("ID3".utf8) + [3, 0, 0, 0, 0, 0, 2, 0, 0], Array("spilled words".utf8), [0xFF, 0xFB],
  ])
  func whatFollowsIsNoSound(_ rest: [UInt8]) throws {
    #expect(try frames(tagged + rest) == 8_000)
    #expect(try frames(plain + rest) == plainCount)
  }

  @Test(arguments: [
    [UInt8](repeating: 0, count: 333), Array("noise".utf8),
    Array("ID3".utf8) + [3, 0, 0, 0, 0, 0, 2, 0, 0],
  ])
  func soundBehindAGapIsNotLostInSilence(_ gap: [UInt8]) {
    let middle = starts[6] - starts[1]
    let bytes = plain[..<middle] + gap + plain[middle...]
    #expect(
      throws: AudioError.broken(
        name: "x", reason: "its MPEG audio has no frame 5 where one should be")
    ) { try frames(Array(bytes)) }
  }

  @Test func aChangeOfRateIsTold() throws {
    // The rate's index: 16 kHz is 2, 22.05 kHz is 0; the frame's own size changes with it.
    var other = plain
    other[2] &= 0xF3
    #expect(
      throws: AudioError.broken(
        name: "x",
        reason: "its MPEG audio changes from 16000 to 22050 Hz at frame \(starts.count - 1)")
    ) { try frames(plain + other) }
  }

  @Test func aSingleFrameIsTold() {
    #expect(
      throws: AudioError.broken(
        name: "x", reason: "its MPEG audio has 1 whole frames, not 2 or more")
    ) { try frames(Array(plain[..<(starts[2] - starts[1])])) }
  }
}
