/// The facts of a file's header, and the part of the file that libsndfile reads.
struct AudioLayout {
  /// A file with more chunks, blocks or tags than this before the audio counts as damaged.
  static let maximumChunks = 100_000

  /// Name of the container, if libsndfile reads the audio as another one.
  var container: String?
  /// A minimal header, and the audio.
  var view: ByteView
  /// Channels per frame; nil if only libsndfile reads the header.
  var channels: Int?
  /// Sample rate, in Hz; nil if only libsndfile reads the header.
  var sampleRate: Int?
  /// Frames that the header declares; nil if it leaves the length open, as streaming writers do.
  var declaredFrames: Int?
  /// Frames that fit into the bytes of the file; nil if only decoding can tell.
  var foundFrames: Int?
  /// Whether the frames were counted here already; then libsndfile's guess of the length is
  /// ignored.
  var isCountedHere = false

  /// Recognises a container by its first bytes and reads its header.
  ///
  /// The codec is checked here, before libsndfile prepares a decoder for it.
  /// - Throws: ``AudioError`` if the file is not audio, not supported, damaged or cut.
  init(_ source: ByteSource, name: String) throws(AudioError) {
    let start = MpegHeader.endOfTags(source)
    let head = source.bytes(at: start, count: 16)
    switch (head.letters(at: 0), head.letters(at: 8)) {
    case ("RIFF", "WAVE"), ("RIFX", "WAVE"), ("RF64", "WAVE"):
      self = try RiffHeader.layout(source, start: start, name: name)
    case ("riff", _): self = try W64Header.layout(source, start: start, name: name)
    case ("FORM", "AIFF"), ("FORM", "AIFC"):
      self = try AiffHeader.layout(source, start: start, name: name)
    case (".snd", _), ("dns.", _): self = try AuHeader.layout(source, start: start, name: name)
    case ("caff", _): self = try CafHeader.layout(source, start: start, name: name)
    case ("fLaC", _): self = try FlacHeader.layout(source, start: start, name: name)
    case ("OggS", _): self = try OggHeader.layout(source, start: start, name: name)
    default:
      guard start > 0 || MpegHeader(head[...]) != nil else {
        throw Self.refusal(head, name: name)
      }
      self = try MpegLayout.layout(source, start: start, name: name)
    }
    try check(name: name)
  }

  /// Wraps the facts of a header.
  init(
    view: ByteView, channels: Int? = nil, sampleRate: Int? = nil, declaredFrames: Int? = nil,
    foundFrames: Int? = nil
  ) {
    self.view = view
    self.channels = channels
    self.sampleRate = sampleRate
    self.declaredFrames = declaredFrames
    self.foundFrames = foundFrames
  }

  private func check(name: String) throws(AudioError) {
    if let channels, !AudioLimits.channelCounts.contains(channels) {
      throw .channelCountOutOfRange(name: name, channels: channels)
    }
    if let sampleRate, !AudioLimits.sampleRates.contains(sampleRate) {
      throw .sampleRateOutOfRange(name: name, sampleRate: sampleRate)
    }
    guard let foundFrames else { return }
    if let declaredFrames, foundFrames < declaredFrames {
      throw .cut(name: name, declared: declaredFrames, found: foundFrames)
    }
    if foundFrames == 0 { throw .empty(name: name) }
  }

  /// The error for a format that is not read; known ones are named by their first bytes.
  private static func refusal(_ head: [UInt8], name: String) -> AudioError {
    if head.isEmpty { return .empty(name: name) }
    let known = [
      (0, "Creative Voice", "VOC"), (0, "NIST_1A", "NIST Sphere"), (8, "8SVX", "IFF/8SVX"),
      (8, "16SV", "IFF/16SV"), (0, " paf", "PAF"), (0, "fap ", "PAF"), (0, "PVF1", "PVF"),
      (0, "2BIT", "AVR"), (0, "Extended Instru", "XI"), (0, "MATLAB", "MATLAB"),
      (4, "ftyp", "MPEG-4 (m4a, mp4)"), (0, "wvpk", "WavPack"), (0, "MAC ", "Monkey's Audio"),
      (0, "#!AMR", "AMR"), (0, "\u{1A}E", "Matroska or WebM"), (0, "TTA1", "TTA"),
      (8, "AVI ", "AVI"), (0, "0&²u", "Windows Media"),
    ]
    for (place, letters, what) in known
    where head.letters(at: place, count: letters.utf8.count) == letters {
      return .unsupported(name: name, what: what)
    }
    return .notAudio(name: name)
  }
}
