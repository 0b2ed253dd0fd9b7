/// The four bytes before each frame of MPEG audio, layers I to III (ISO 11172-3, 13818-3).
struct MpegHeader {
  /// Bytes of the frame, the header included.
  let size: Int
  /// Rate in Hz.
  let sampleRate: Int
  /// Samples per channel.
  let samples: Int

  /// Reads a header; nil if the bytes are not one.
  init?(_ bytes: ArraySlice<UInt8>) {
    let b = Array(bytes.prefix(4))
    guard b.count == 4, b[0] == 0xFF, b[1] & 0xE0 == 0xE0 else { return nil }
    let (version, layer) = (Int(b[1] >> 3 & 3), 4 - Int(b[1] >> 1 & 3))
    let (rateIndex, bitIndex) = (Int(b[2] >> 2 & 3), Int(b[2] >> 4))
    guard version != 1, layer != 4, rateIndex != 3, (1...14).contains(bitIndex) else { return nil }
    // 3 is MPEG 1; 2 and 0 have half and a quarter of its rates.
    let isFirst = version == 3
    sampleRate = [44_100, 48_000, 32_000][rateIndex] >> (isFirst ? 0 : version == 2 ? 1 : 2)
    samples = layer == 1 ? 384 : layer == 3 && !isFirst ? 576 : 1152
    let rates = Self.kilobits[isFirst ? layer - 1 : layer == 1 ? 3 : 4]
    let padding = Int(b[2] >> 1 & 1) * (layer == 1 ? 4 : 1)
    let bits = rates[bitIndex - 1] * 1000
    size =
      layer == 1
      ? 12 * bits / sampleRate * 4 + padding : samples / 8 * bits / sampleRate + padding
  }

  // kbit/s by index, for layers I, II, III of MPEG 1, then layer I and the others of MPEG 2.
  private static let kilobits = [
    [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
    [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ]

  /// The position after the ID3v2 tags, which may precede any audio.
  static func endOfTags(_ source: ByteSource, from start: Int = 0) -> Int {
    var place = start
    for _ in 0..<AudioLayout.maximumChunks {
      let head = source.bytes(at: place, count: 10)
      guard head.count == 10, head.letters(at: 0, count: 3) == "ID3" else { break }
      // The size has seven bits in each byte.
      let size = head[6..<10].reduce(0) { $0 << 7 | Int($1 & 0x7F) }
      place += 10 + size + (head[5] & 0x10 != 0 ? 10 : 0)
    }
    return place
  }
}
