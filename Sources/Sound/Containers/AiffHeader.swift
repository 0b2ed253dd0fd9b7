import Glibc

/// Apple's AIFF and AIFF-C: big-endian chunks; COMM describes the format, SSND holds the samples.
enum AiffHeader {
  static func layout(
    _ source: ByteSource, start: Int, name: String
  ) throws(AudioError) -> AudioLayout {
    let head = source.bytes(at: start, count: 12)
    var common: [UInt8]?
    var data: (start: Int, size: Int)?
    var place = start + 12
    for _ in 0..<AudioLayout.maximumChunks where common == nil || data == nil {
      let chunk = source.bytes(at: place, count: 8)
      guard let id = chunk.letters(at: 0), let size = chunk.number(at: 4, count: 4, .big) else {
        break
      }
      if id == "COMM" { common = source.bytes(at: place + 8, count: min(size, 300)) }
      // The samples start after an offset, a block size and the offset's padding.
      if id == "SSND", data == nil {
        let gap = source.bytes(at: place + 8, count: 4).number(at: 0, count: 4, .big) ?? 0
        data = (place + 16 + gap, max(0, size - 8 - gap))
      }
      place += 8 + size + size % 2
    }
    guard let common, let channels = common.number(at: 0, count: 2, .big),
      let declared = common.number(at: 2, count: 4, .big),
      let bits = common.number(at: 6, count: 2, .big), common.count >= 18
    else { throw .broken(name: name, reason: "it has no whole COMM chunk") }
    let isCompressed = head.letters(at: 8) == "AIFC"
    let codec = isCompressed ? common.letters(at: 18) ?? "" : "NONE"
    let sampleSize = try sampleSize(codec, bits: bits, name: name)
    guard AudioLimits.channelCounts.contains(channels) else {
      throw .channelCountOutOfRange(name: name, channels: channels)
    }
    let frameSize = channels * sampleSize
    guard let data, data.start <= source.size else {
      if declared == 0 { throw .empty(name: name) }
      throw .cut(name: name, declared: declared, found: 0)
    }
    // A writer that did not know the length may have left a placeholder in either number. If both
    // are known and there are more samples than declared frames, the samples count.
    let available = source.size - data.start
    let frames: Int? = isOpen(declared * frameSize, available) ? nil : declared
    let room = isOpen(data.size, available) ? nil : data.size / frameSize
    let wanted = [frames, room].compactMap { $0 }.max()
    let found = min(wanted ?? .max, min(room ?? .max, available / frameSize))
    let used = found * frameSize
    var chunks = isCompressed ? version : []
    chunks += Array("COMM".utf8) + ByteOrder.big.bytes(common.count, count: 4) + common
    if common.count % 2 == 1 { chunks.append(0) }
    chunks += Array("SSND".utf8) + ByteOrder.big.bytes(used + 8, count: 4)
    chunks += [UInt8](repeating: 0, count: 8)
    let prefix =
      Array("FORM".utf8) + ByteOrder.big.bytes(4 + chunks.count + used, count: 4) + head[8..<12]
      + chunks
    return AudioLayout(
      view: ByteView(prefix: prefix, range: data.start..<data.start + used), channels: channels,
      sampleRate: rate(Array(common[8..<18])), declaredFrames: wanted, foundFrames: found)
  }

  /// Whether a number of bytes is the placeholder of a writer that did not know the length.
  private static func isOpen(_ size: Int, _ available: Int) -> Bool {
    size == 0 || size >= 0x7EFF_0000 && size > available
  }

  // AIFF-C names its edition of the format in a chunk of four bytes.
  private static let version = Array("FVER".utf8) + [0, 0, 0, 4, 0xA2, 0x80, 0x51, 0x40]

  /// Bytes a sample of an allowed codec.
  private static func sampleSize(
    _ codec: String, bits: Int, name: String
  ) throws(AudioError) -> Int {
    switch codec {
    case "NONE", "twos", "sowt", "raw ", "in24", "in32", "42ni", "23ni":
      guard (8...32).contains(bits) else {
        throw .unsupported(name: name, what: "\(bits)-bit PCM in AIFF")
      }
      return (bits + 7) / 8
    case "fl32", "FL32": return 4
    case "fl64", "FL64": return 8
    case "ulaw", "ULAW", "alaw", "ALAW": return 1
    case "ima4", "G722", "ADP4": throw .unsupported(name: name, what: "ADPCM in AIFF")
    case "": throw .broken(name: name, reason: "its COMM chunk names no codec")
    default: throw .unsupported(name: name, what: "codec \(codec) in AIFF")
    }
  }

  /// A rate in Hz from an 80-bit float; 0 if it is not a valid rate.
  private static func rate(_ bytes: [UInt8]) -> Int {
    let exponent = Int(ByteOrder.big.number(bytes[0..<2])) - 16383 - 63
    guard (-63 ... -1).contains(exponent) else { return 0 }
    return Int((Double(ByteOrder.big.number(bytes[2..<10])) * exp2(Double(exponent))).rounded())
  }
}
