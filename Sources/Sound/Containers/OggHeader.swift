/// Ogg (RFC 3533): pages of at most 64 KiB; the first packet names the codec.
enum OggHeader {
  /// The 27 bytes before each page's table of segments.
  private struct Page {
    var isFirst: Bool
    var isLast: Bool
    var size: Int
    var isSound: Bool

    init?(_ source: ByteSource, at place: Int) {
      let head = source.bytes(at: place, count: 27)
      guard head.count == 27, head.letters(at: 0) == "OggS" else { return nil }
      let table = source.bytes(at: place + 27, count: Int(head[26]))
      isFirst = head[5] & 2 != 0
      isLast = head[5] & 4 != 0
      // Even a truncated table gives a size past the end of the file.
      size = 27 + Int(head[26]) + table.reduce(0) { $0 + Int($1) }
      var page = source.bytes(at: place, count: size)
      // The checksum is over the page with zeros in the checksum's place.
      page.replaceSubrange(22..<26, with: [0, 0, 0, 0])
      isSound = OggChecksum.of(page) == UInt32(ByteOrder.little.number(head[22..<26]))
    }
  }

  /// Walks from page to page, because the header does not show whether a file was cut or joined.
  static func layout(
    _ source: ByteSource, start: Int, name: String
  ) throws(AudioError) -> AudioLayout {
    let first = source.bytes(at: start, count: 300)
    guard first.count > 27, first.count >= 27 + Int(first[26]) + 8 else {
      throw .broken(name: name, reason: "its first page is cut")
    }
    let packet = 27 + Int(first[26])
    switch first.letters(at: packet, count: 8) {
    case "OpusHead": break
    case .some(let letters) where letters.hasPrefix("\u{01}vorbis"): break
    case "Speex   ": throw .unsupported(name: name, what: "Speex in Ogg")
    case .some(let letters) where letters.hasPrefix("\u{7F}FLAC"):
      throw .unsupported(name: name, what: "FLAC in Ogg")
    default: throw .unsupported(name: name, what: "this codec in Ogg")
    }

    var (place, pages, hasEnded) = (start, 0, false)
    while let page = Page(source, at: place) {
      if page.isFirst && pages > 0 {
        throw .unsupported(name: name, what: "more than one stream in Ogg")
      }
      if place + page.size > source.size { break }
      // libsndfile skips such pages without a message, or fails and leaks a part of a Vorbis
      // header.
      guard page.isSound else {
        throw .broken(
          name: name, reason: "Ogg page \(pages) has a wrong checksum; copy or record it again")
      }
      pages += 1
      place += page.size
      hasEnded = page.isLast
      if hasEnded && Page(source, at: place)?.isFirst != true { break }
    }
    guard hasEnded else {
      throw .broken(
        name: name, reason: "it is cut after \(pages) Ogg pages; copy or record it again")
    }
    return AudioLayout(view: ByteView(prefix: [], range: start..<place))
  }
}
