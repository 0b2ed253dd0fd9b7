/// WAV: RIFF, its big-endian twin RIFX, and RF64 for files above 4 GiB (EBU Tech 3306).
enum RiffHeader {
  /// Sizes from here on are placeholders of writers that do not know the length yet, such as pipes.
  static let openSize = 0x7FFF_0000

  static func layout(
    _ source: ByteSource, start: Int, name: String
  ) throws(AudioError) -> AudioLayout {
    let head = source.bytes(at: start, count: 12)
    let order: ByteOrder = head.letters(at: 0) == "RIFX" ? .big : .little
    var format: [UInt8]?
    var fact: [UInt8] = []
    var largeSize: Int?
    var data: (start: Int, size: Int)?
    var place = start + 12
    for _ in 0..<AudioLayout.maximumChunks where format == nil || data == nil {
      let chunk = source.bytes(at: place, count: 8)
      guard let id = chunk.letters(at: 0), let size = chunk.number(at: 4, count: 4, order) else {
        break
      }
      switch id {
      case "ds64": largeSize = source.bytes(at: place + 16, count: 8).number(at: 0, count: 8, order)
      case "fmt ": format = format ?? source.bytes(at: place + 8, count: min(size, 4096))
      case "fact" where size >= 4:
        // Only the number of frames is passed on, whatever the chunk's size.
        fact = Array("fact".utf8) + order.bytes(4, count: 4) + source.bytes(at: place + 8, count: 4)
      case "data": data = data ?? (place + 8, size)
      default: break
      }
      if id == "data" && size >= openSize { break }
      place += 8 + size + size % 2
    }
    guard var format else { throw .broken(name: name, reason: "it has no fmt chunk") }
    guard let data else { throw .broken(name: name, reason: "it has no data chunk") }
    let (channels, sampleRate, frameSize) = try fields(&format, order, name: name)

    let available = source.size - data.start
    let isLarge = head.letters(at: 0) == "RF64" && data.size == 0xFFFF_FFFF
    var declared = isLarge ? largeSize : data.size
    if !isLarge && data.size >= openSize && data.size > available { declared = nil }
    // A writer that was not closed leaves 0 in both sizes; an empty file has a correct outer size.
    let outer = head.number(at: 4, count: 4, order) ?? 0
    if data.size == 0 && available > 0 && start + outer + 8 < source.size { declared = nil }

    let used = min(declared ?? available, available) / frameSize * frameSize
    // libsndfile reads plain RIFF, whose limit is 4 GiB.
    guard used < 0xFFFF_0000 else {
      throw .unsupported(name: name, what: "audio of \(used) bytes, more than 4 GiB,")
    }
    let formatChunk = Array("fmt ".utf8) + order.bytes(format.count, count: 4) + format
    let body = formatChunk + fact + Array("data".utf8) + order.bytes(used, count: 4)
    let prefix =
      Array(order == .big ? "RIFX".utf8 : "RIFF".utf8)
      + order.bytes(4 + body.count + used, count: 4) + Array("WAVE".utf8) + body
    var layout = AudioLayout(
      view: ByteView(prefix: prefix, range: data.start..<data.start + used), channels: channels,
      sampleRate: sampleRate, declaredFrames: declared.map { $0 / frameSize },
      foundFrames: used / frameSize)
    if head.letters(at: 0) == "RF64" { layout.container = "RF64" }
    return layout
  }

  /// Channels, rate and bytes a frame of a fmt chunk whose codec is allowed.
  ///
  /// The chunk is completed: its length is made even, and its bits per sample become those of the
  /// bytes, since samples of 12 or 20 bits are stored in the upper bits.
  static func fields(
    _ format: inout [UInt8], _ order: ByteOrder, name: String
  ) throws(AudioError) -> (channels: Int, sampleRate: Int, frameSize: Int) {
    guard var tag = format.number(at: 0, count: 2, order),
      let channels = format.number(at: 2, count: 2, order),
      let sampleRate = format.number(at: 4, count: 4, order),
      var frameSize = format.number(at: 12, count: 2, order),
      let bits = format.number(at: 14, count: 2, order)
    else { throw .broken(name: name, reason: "its fmt chunk has \(format.count) bytes, not 16") }
    if format.count % 2 == 1 { format.append(0) }
    // WAVE_FORMAT_EXTENSIBLE: the first two bytes of an identifier give the codec.
    if tag == 0xFFFE { tag = format.number(at: 24, count: 2, order) ?? tag }
    guard [1, 3, 6, 7].contains(tag) else {
      throw .unsupported(name: name, what: "\(codecName(tag)) in WAV")
    }
    guard AudioLimits.channelCounts.contains(channels) else {
      throw .channelCountOutOfRange(name: name, channels: channels)
    }
    // Some writers leave out the bytes per frame, or write those per sample. More bytes than needed
    // are correct for 20 or 24 bits stored in 32.
    let least = channels * ((bits + 7) / 8)
    let isPadded = frameSize > least && (bits == 0 || (17...31).contains(bits))
    if bits <= 64 && !isPadded { frameSize = least }
    guard frameSize > 0, frameSize.isMultiple(of: channels), frameSize / channels <= 8 else {
      throw .broken(
        name: name, reason: "frames of \(frameSize) bytes do not hold \(channels) channels")
    }
    let sampleSize = frameSize / channels
    if tag == 1 {
      guard sampleSize <= 4 else {
        throw .unsupported(name: name, what: "\(8 * sampleSize)-bit PCM in WAV")
      }
      format.replaceSubrange(12..<14, with: order.bytes(frameSize, count: 2))
      format.replaceSubrange(14..<16, with: order.bytes(8 * sampleSize, count: 2))
    } else if tag == 3, sampleSize != 4, sampleSize != 8 {
      throw .unsupported(name: name, what: "\(8 * sampleSize)-bit float in WAV")
    }
    return (channels, sampleRate, frameSize)
  }

  // Names of codecs by the numbers of RFC 2361.
  private static func codecName(_ tag: Int) -> String {
    switch tag {
    case 0x02: "Microsoft ADPCM"
    case 0x11: "IMA ADPCM"
    case 0x10, 0x14, 0x17, 0x40, 0x45, 0x64: "ADPCM"
    case 0x31: "GSM 6.10"
    case 0x50, 0x55: "MPEG audio"
    case 0xFF, 0x1600...0x1610: "AAC"
    default: "codec 0x\(String(tag, radix: 16))"
    }
  }
}
