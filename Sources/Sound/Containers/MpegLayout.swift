/// Finds the first and the last frame of a file of MPEG audio.
///
/// libmpg123 then reads whole frames only. It would write warnings about others to standard error,
/// and libsndfile does not prevent that.
struct MpegLayout {
  /// Position of the first frame.
  private let start: Int
  /// End of the last frame.
  private var end: Int
  private let first: MpegHeader
  private var frames = 0
  private var isCut = false
  private let name: String

  static func layout(
    _ source: ByteSource, start: Int, name: String
  ) throws(AudioError) -> AudioLayout {
    let walk = try MpegLayout(source, start: start, name: name)
    let head = source.bytes(at: start, count: min(walk.first.size, 200))
    guard let tag = MpegTag(head) else {
      try walk.checkEnd(source)
      return walk.layout(source, from: start, frames: walk.frames)
    }
    // If the tag counts fewer frames than were found, the end is not checked.
    if tag.frames.map({ $0 >= walk.frames }) ?? true { try walk.checkEnd(source) }
    if let declared = tag.frames, declared > walk.frames - 1 {
      let samples = walk.first.samples
      throw .cut(name: name, declared: declared * samples, found: (walk.frames - 1) * samples)
    }
    guard let bytes = tag.bytes(head, size: walk.end - start) else {
      return walk.layout(
        source, from: start + walk.first.size, frames: tag.frames ?? walk.frames - 1)
    }
    return AudioLayout(
      view: ByteView(prefix: bytes, range: start + bytes.count..<walk.end),
      sampleRate: walk.first.sampleRate)
  }

  private init(_ source: ByteSource, start: Int, name: String) throws(AudioError) {
    (self.start, end, self.name) = (start, start, name)
    var first: MpegHeader?
    while let header = MpegHeader(source.bytes(at: end, count: 4)[...]) {
      if let first, first.sampleRate != header.sampleRate {
        throw .broken(
          name: name,
          reason: "its MPEG audio changes from \(first.sampleRate) to "
            + "\(header.sampleRate) Hz at frame \(frames)")
      }
      first = first ?? header
      isCut = end + header.size > source.size
      if isCut { break }
      frames += 1
      end += header.size
    }
    // A single header can be chance; real audio has more.
    guard let first, frames > 1 else {
      guard frames == 1 || isCut else { throw .notAudio(name: name) }
      throw .broken(name: name, reason: "its MPEG audio has \(frames) whole frames, not 2 or more")
    }
    self.first = first
  }

  /// Throws if there is more audio after the last frame.
  private func checkEnd(_ source: ByteSource) throws(AudioError) {
    if isCut {
      throw .broken(
        name: name, reason: "frame \(frames) of its MPEG audio is cut; copy or record it again")
    }
    guard isTail(source) else {
      throw .broken(name: name, reason: "its MPEG audio has no frame \(frames) where one should be")
    }
  }

  /// Whether the last frame is followed by nothing, a tag, zeros, or a few bytes without a frame.
  private func isTail(_ source: ByteSource) -> Bool {
    let rest = source.bytes(at: end, count: 1 << 20)
    if ["TAG", "APE", "LYR", "3DI"].contains(rest.letters(at: 0, count: 3)) { return true }
    let place = MpegHeader.endOfTags(source, from: end)
    if place > end { return MpegHeader(source.bytes(at: place, count: 4)[...]) == nil }
    guard rest.count <= 4096 || rest[..<8].allSatisfy({ $0 == 0 }) else { return false }
    return !rest.indices.contains { index in
      guard rest[index] == 0xFF, let header = MpegHeader(rest[index...]) else { return false }
      return MpegHeader(rest.dropFirst(index + header.size)) != nil
    }
  }

  /// The frames from a position on, with a frame that counts them before and a silent frame after.
  ///
  /// Without the count, libmpg123 guesses the length from the first frame's bit rate, and
  /// libsndfile stops there; of a file with a varying bit rate it once read a fifth. With the
  /// count, libmpg123 drops the 529 samples of the decoder's delay, and the silent frame brings out
  /// as many at the end.
  private func layout(_ source: ByteSource, from place: Int, frames: Int) -> AudioLayout {
    let header = source.bytes(at: place, count: 4)
    let silence = MpegTag.silence(header)
    var layout = AudioLayout(
      view: ByteView(
        prefix: MpegTag.counting(frames + 1, header), range: place..<end, suffix: silence),
      sampleRate: first.sampleRate)
    layout.isCountedHere = silence.isEmpty
    return layout
  }
}
