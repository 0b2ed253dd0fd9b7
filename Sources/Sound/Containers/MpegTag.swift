/// The first frame of a file of MPEG audio if it holds the encoder's numbers instead of sound.
struct MpegTag {
  /// Number of following frames, if the tag has it.
  let frames: Int?
  /// Position of the file's size in bytes, if the tag has one.
  private let sizePlace: Int?
  /// Whether the tag has the encoder's delay, in samples.
  private let hasDelay: Bool

  /// Reads the tag of Xing, LAME and Lavf, or that of Fraunhofer (VBRI); nil where there is none.
  init?(_ head: [UInt8]) {
    if head.letters(at: 36) == "VBRI" {
      // Some writers count the tag itself and some do not, so its count is not used.
      (frames, sizePlace, hasDelay) = (nil, nil, false)
      return
    }
    guard
      let place = head.indices.prefix(64).first(where: {
        ["Xing", "Info"].contains(head.letters(at: $0))
      }), let flags = head.number(at: place + 4, count: 4, .big)
    else { return nil }
    frames = flags & 1 == 1 ? head.number(at: place + 8, count: 4, .big) : nil
    let sizePlace = place + 8 + (flags & 1) * 4
    let end = sizePlace + (flags >> 1 & 1) * 4 + (flags >> 2 & 1) * 100 + (flags >> 3 & 1) * 4
    self.sizePlace = flags & 2 == 2 && sizePlace + 4 <= head.count ? sizePlace : nil
    hasDelay = end < head.count && head[end] != 0
  }

  /// The tag's first bytes with the correct size, since libmpg123 warns of a wrong one; nil for a
  /// tag without delay, which is replaced.
  func bytes(_ head: [UInt8], size: Int) -> [UInt8]? {
    guard hasDelay, frames != nil else { return nil }
    var head = head
    if let sizePlace {
      head.replaceSubrange(sizePlace..<sizePlace + 4, with: ByteOrder.big.bytes(size, count: 4))
    }
    return head
  }

  /// A silent frame of layer III with the rate and channels of `header`; empty for other layers.
  static func silence(_ header: [UInt8]) -> [UInt8] {
    guard header[1] >> 1 & 3 == 1 else { return [] }
    // No checksum; the ninth bit rate has enough room in any version.
    let bytes = [header[0], header[1] | 1, header[2] & 0x0D | 0x90, header[3]]
    guard let size = MpegHeader(bytes[...])?.size else { return [] }
    return bytes + [UInt8](repeating: 0, count: size - 4)
  }

  /// A frame that only holds the number of following frames, of which the last is silence; empty
  /// for other layers.
  static func counting(_ frames: Int, _ header: [UInt8]) -> [UInt8] {
    var frame = silence(header)
    guard !frame.isEmpty, let samples = MpegHeader(header[...])?.samples else { return [] }
    let (isFirst, isMono) = (header[1] >> 3 & 3 == 3, header[3] >> 6 == 3)
    let place = 4 + (isFirst ? (isMono ? 17 : 32) : isMono ? 9 : 17)
    var tag = Array("Xing".utf8) + ByteOrder.big.bytes(1, count: 4)
    tag += ByteOrder.big.bytes(frames, count: 4)
    // As LAME writes it: a name, 12 bytes about the coding, a delay of 0 samples, and 12 bits for
    // the samples of padding at the end.
    tag += Array("kws      ".utf8) + [UInt8](repeating: 0, count: 12)
    tag += ByteOrder.big.bytes(samples, count: 3)
    frame.replaceSubrange(place..<place + tag.count, with: tag)
    return frame
  }
}
