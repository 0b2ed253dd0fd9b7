/// The four bytes before each frame of MPEG audio, layers I to III (ISO 11172-3, 13818-3).
struct MpegHeader {
  /// Bytes of the frame, the header included.
  let size: Int
  /// Rate in Hz.
  let sampleRate: Int
  /// Samples a channel.
  let samples: Int

  /// Reads a header; nil when the bytes are none.
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

  /// Where the file goes on behind ID3v2 tags, which may stand before any audio.
  static func endOfTags(_ source: ByteSource) -> Int {
    var place = 0
    for _ in 0..<AudioLayout.maximumChunks {
      let head = source.bytes(at: place, count: 10)
      guard head.count == 10, head.letters(at: 0, count: 3) == "ID3" else { break }
      // Seven bits a byte.
      let size = head[6..<10].reduce(0) { $0 << 7 | Int($1 & 0x7F) }
      place += 10 + size + (head[5] & 0x10 != 0 ? 10 : 0)
    }
    return place
  }

  /// Walks from frame to frame, so that libmpg123 sees whole frames only.
  ///
  /// It reports what it does not like on standard error, and libsndfile does not keep it from that.
  static func layout(
    _ source: ByteSource, start: Int, name: String
  ) throws(AudioError) -> AudioLayout {
    var (place, frames) = (start, 0)
    var first: MpegHeader?
    while let header = MpegHeader(source.bytes(at: place, count: 4)[...]) {
      first = first ?? header
      if place + header.size > source.size {
        throw .broken(
          name: name, reason: "frame \(frames) of its MPEG audio is cut; copy or record it again")
      }
      frames += 1
      place += header.size
    }
    // One header can be chance; audio has many.
    guard let first, frames > 1 else { throw .notAudio(name: name) }
    guard isTail(source, place) else {
      throw .broken(name: name, reason: "its MPEG audio has no frame \(frames) where one should be")
    }
    var tag = source.bytes(at: start, count: min(first.size, 64))
    guard let declared = checkTag(&tag, size: place - start) else {
      let header = source.bytes(at: start, count: 4)
      return AudioLayout(
        view: ByteView(prefix: madeTag(header, frames: frames), range: start..<place),
        sampleRate: first.sampleRate)
    }
    if declared > frames - 1 {
      throw .cut(
        name: name, declared: declared * first.samples, found: (frames - 1) * first.samples)
    }
    return AudioLayout(
      view: ByteView(prefix: tag, range: start + tag.count..<place), sampleRate: first.sampleRate)
  }

  /// A frame before the first that holds nothing but the number of frames.
  ///
  /// Without one libmpg123 guesses the length from the first frame's bit rate, and libsndfile stops
  /// there: of a file with a varying rate it has read a fifth.
  private static func madeTag(_ header: [UInt8], frames: Int) -> [UInt8] {
    // Layer III only, without checksum, at the ninth bit rate, which has room in any version.
    let bytes = [header[0], header[1] | 1, header[2] & 0x0D | 0x90, header[3]]
    guard header[1] >> 1 & 3 == 1, let size = MpegHeader(bytes[...])?.size else { return [] }
    let (isFirst, isMono) = (header[1] >> 3 & 3 == 3, header[3] >> 6 == 3)
    let sideInformation = isFirst ? (isMono ? 17 : 32) : isMono ? 9 : 17
    var frame = bytes + [UInt8](repeating: 0, count: sideInformation) + Array("Xing".utf8)
    frame += ByteOrder.big.bytes(1, count: 4) + ByteOrder.big.bytes(frames, count: 4)
    return frame + [UInt8](repeating: 0, count: size - frame.count)
  }

  /// Number of frames in the tag that encoders put into a first frame of silence, if there is one.
  ///
  /// The size in bytes beside it is set right, since libmpg123 complains of a wrong one.
  private static func checkTag(_ bytes: inout [UInt8], size: Int) -> Int? {
    for place in bytes.indices where ["Xing", "Info"].contains(bytes.letters(at: place)) {
      guard let flags = bytes.number(at: place + 4, count: 4, .big) else { return nil }
      let sizePlace = place + (flags & 1 == 1 ? 12 : 8)
      if flags & 2 == 2, sizePlace + 4 <= bytes.count {
        bytes.replaceSubrange(
          sizePlace..<sizePlace + 4, with: ByteOrder.big.bytes(size, count: 4))
      }
      return flags & 1 == 1 ? bytes.number(at: place + 8, count: 4, .big) : nil
    }
    return nil
  }

  /// Whether what follows the last frame is nothing, zeros, or a tag.
  private static func isTail(_ source: ByteSource, _ place: Int) -> Bool {
    let rest = source.bytes(at: place, count: 8)
    let isTag = ["TAG", "APE", "LYR", "ID3", "3DI"].contains(rest.letters(at: 0, count: 3))
    return isTag || rest.allSatisfy { $0 == 0 }
  }
}
