/// FLAC (RFC 9639): metadata blocks, then frames.
///
/// Only the first block is needed.
enum FlacHeader {
  static func layout(
    _ source: ByteSource, start: Int, name: String
  ) throws(AudioError) -> AudioLayout {
    let info = source.bytes(at: start + 8, count: 34)
    var place = start + 4
    var isLast = false
    for _ in 0..<AudioLayout.maximumChunks where !isLast {
      let block = source.bytes(at: place, count: 4)
      guard let size = block.number(at: 1, count: 3, .big), block[0] & 0x7F < 127 else {
        throw .broken(name: name, reason: "its metadata does not end")
      }
      guard place > start + 4 || (block[0] & 0x7F == 0 && size == 34 && info.count == 34) else {
        throw .broken(name: name, reason: "it does not start with its stream information")
      }
      isLast = block[0] & 0x80 != 0
      place += 4 + size
    }
    guard isLast else { throw .broken(name: name, reason: "its metadata does not end") }
    // 20 bits of rate, 3 of channels less 1, 5 of bits less 1, 36 of frames.
    let packed = ByteOrder.big.number(info[10..<18])
    let declared = Int(packed & 0xF_FFFF_FFFF)
    if place >= source.size {
      // 0 declared frames means "unknown"; a file that ends after its header has none.
      if declared == 0 { throw .empty(name: name) }
      throw .cut(name: name, declared: declared, found: 0)
    }
    return AudioLayout(
      view: ByteView(
        prefix: Array("fLaC".utf8) + [0x80, 0, 0, 34] + info, range: place..<source.size),
      channels: Int(packed >> 41 & 7) + 1, sampleRate: Int(packed >> 44),
      declaredFrames: declared == 0 ? nil : declared)
  }
}
