/// Sony's Wave64: RIFF with 16-byte identifiers and 8-byte sizes that count their own 24 bytes.
enum W64Header {
  // The last 12 bytes of the identifiers of all chunks but the first.
  private static let family: [UInt8] = [
    0xF3, 0xAC, 0xD3, 0x11, 0x8C, 0xD1, 0x00, 0xC0, 0x4F, 0x8E, 0xDB, 0x8A,
  ]

  static func layout(
    _ source: ByteSource, start: Int, name: String
  ) throws(AudioError) -> AudioLayout {
    let head = source.bytes(at: start, count: 40)
    guard head.count == 40, head.letters(at: 24) == "wave" else { throw .notAudio(name: name) }
    var format: [UInt8]?
    var data: (start: Int, size: Int?)?
    var place = start + 40
    for _ in 0..<AudioLayout.maximumChunks where format == nil || data == nil {
      let chunk = source.bytes(at: place, count: 24)
      guard chunk.count == 24, let id = chunk.letters(at: 0) else { break }
      let isKnown = chunk[4..<16].elementsEqual(family)
      // A size that does not fit into Int also means an unknown length.
      let size = chunk.number(at: 16, count: 8, .little) ?? .max
      if isKnown && id == "fmt " && size >= 24 {
        format = source.bytes(at: place + 24, count: min(size - 24, 4096))
      }
      if isKnown && id == "data" { data = data ?? (place + 24, isOpen(size) ? nil : size - 24) }
      // Chunks start at multiples of 8; a size that reaches past the file ends the walk.
      guard size >= 24, size < source.size else { break }
      place += (size + 7) / 8 * 8
    }
    guard var format else { throw .broken(name: name, reason: "it has no fmt chunk") }
    guard let data else { throw .broken(name: name, reason: "it has no data chunk") }
    let (channels, sampleRate, frameSize) = try RiffHeader.fields(&format, .little, name: name)
    let available = source.size - data.start
    let used = min(data.size ?? available, available) / frameSize * frameSize
    func chunk(_ id: String, _ size: Int) -> [UInt8] {
      Array(id.utf8) + family + ByteOrder.little.bytes(size + 24, count: 8)
    }
    let padding = [UInt8](repeating: 0, count: (8 - format.count % 8) % 8)
    let body =
      Array(head[24..<40]) + chunk("fmt ", format.count) + format + padding + chunk("data", used)
    let size = ByteOrder.little.bytes(24 + body.count + used, count: 8)
    let prefix = Array(head[0..<16]) + size + body
    return AudioLayout(
      view: ByteView(prefix: prefix, range: data.start..<data.start + used), channels: channels,
      sampleRate: sampleRate, declaredFrames: data.size.map { $0 / frameSize },
      foundFrames: used / frameSize)
  }

  /// Whether a size is a placeholder of a writer that did not know the length.
  private static func isOpen(_ size: Int) -> Bool { size < 24 || size >= 1 << 62 }
}
