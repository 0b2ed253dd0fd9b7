/// Apple's Core Audio Format: big-endian chunks with 8-byte sizes.
enum CafHeader {
  static func layout(
    _ source: ByteSource, start: Int, name: String
  ) throws(AudioError) -> AudioLayout {
    var description: [UInt8]?
    var data: (start: Int, size: Int?)?
    var place = start + 8
    for _ in 0..<AudioLayout.maximumChunks where description == nil || data == nil {
      let chunk = source.bytes(at: place, count: 12)
      guard let id = chunk.letters(at: 0), chunk.count == 12 else { break }
      // A data chunk of size -1 extends to the end of the file.
      let size = chunk.number(at: 4, count: 8, .big)
      if id == "desc" { description = source.bytes(at: place + 12, count: 32) }
      // The samples start after a count of edits.
      if id == "data" { data = (place + 16, size.map { max(0, $0 - 4) }) }
      guard let size, size < source.size else { break }
      place += 12 + size
    }
    guard let description, description.count == 32 else {
      throw .broken(name: name, reason: "it has no whole desc chunk")
    }
    guard let data, data.start <= source.size else {
      throw .broken(name: name, reason: "it has no data chunk")
    }
    let codec = description.letters(at: 8) ?? ""
    guard ["lpcm", "alaw", "ulaw"].contains(codec) else {
      let what = ["alac": "ALAC", "ima4": "ADPCM", "aac ": "AAC"][codec] ?? "codec \(codec)"
      throw .unsupported(name: name, what: "\(what) in CAF")
    }
    let channels = description.number(at: 24, count: 4, .big) ?? 0
    guard AudioLimits.channelCounts.contains(channels) else {
      throw .channelCountOutOfRange(name: name, channels: channels)
    }
    let bits = description.number(at: 28, count: 4, .big) ?? 0
    guard (1...64).contains(bits) else {
      throw .broken(name: name, reason: "samples of \(bits) bits")
    }
    let frameSize = channels * ((bits + 7) / 8)
    let rate = Double(bitPattern: ByteOrder.big.number(description[0..<8]))
    let available = source.size - data.start
    let used = min(data.size ?? available, available) / frameSize * frameSize
    let prefix =
      source.bytes(at: start, count: 8) + Array("desc".utf8) + ByteOrder.big.bytes(32, count: 8)
      + description + Array("data".utf8) + ByteOrder.big.bytes(used + 4, count: 8) + [0, 0, 0, 0]
    return AudioLayout(
      view: ByteView(prefix: prefix, range: data.start..<data.start + used), channels: channels,
      sampleRate: rate >= 0 && rate < 1e9 ? Int(rate.rounded()) : 0,
      declaredFrames: data.size.map { $0 / frameSize }, foundFrames: used / frameSize)
  }
}
