/// Sun and NeXT's AU: 24 bytes of header, big-endian or, rarely, little-endian.
enum AuHeader {
  static func layout(
    _ source: ByteSource, start: Int, name: String
  ) throws(AudioError) -> AudioLayout {
    let head = source.bytes(at: start, count: 24)
    let order: ByteOrder = head.letters(at: 0) == ".snd" ? .big : .little
    guard head.count == 24 else { throw .broken(name: name, reason: "its header is cut") }
    let fields = (0..<6).map { Int(order.number(head[4 * $0..<4 * $0 + 4])) }
    let (gap, size, codec, sampleRate, channels) = (
      fields[1], fields[2], fields[3], fields[4], fields[5]
    )
    guard let sampleSize = [1: 1, 2: 1, 3: 2, 4: 3, 5: 4, 6: 4, 7: 8, 27: 1][codec] else {
      let what = (23...26).contains(codec) ? "ADPCM" : "codec \(codec)"
      throw .unsupported(name: name, what: "\(what) in AU")
    }
    guard AudioLimits.channelCounts.contains(channels) else {
      throw .channelCountOutOfRange(name: name, channels: channels)
    }
    let data = start + gap
    guard gap >= 24, data <= source.size else {
      throw .broken(name: name, reason: "its samples start at byte \(gap) of \(source.size)")
    }
    let frameSize = channels * sampleSize
    let available = source.size - data
    // In AU, all bits set means an unknown length; some writers leave 0 or a large number.
    let isOpen = size == 0 || size >= RiffHeader.openSize && size > available
    let declared = isOpen ? nil : size
    let used = min(declared ?? available, available) / frameSize * frameSize
    let prefix =
      Array(head[0..<4]) + order.bytes(24, count: 4)
      + order.bytes(min(used, 0xFFFF_FFFF), count: 4) + head[12..<24]
    return AudioLayout(
      view: ByteView(prefix: prefix, range: data..<data + used), channels: channels,
      sampleRate: sampleRate, declaredFrames: declared.map { $0 / frameSize },
      foundFrames: used / frameSize)
  }
}
