/// What the header of a file says, and the part of it that libsndfile gets to see.
struct AudioLayout {
  /// More chunks, blocks or tags than this before the audio are taken for damage.
  static let maximumChunks = 100_000

  /// Name of the container where libsndfile is shown another one.
  var container: String?
  /// A header with only what decoding needs, and the audio.
  var view: ByteView
  /// Channels per frame, where the header is read by us.
  var channels: Int?
  /// Frames per second, in Hz, where the header is read by us.
  var sampleRate: Int?
  /// Frames that the header promises; nil when it leaves them open, as streaming writers do.
  var declaredFrames: Int?
  /// Frames that fit into the bytes that are there; nil where only decoding tells.
  var foundFrames: Int?
  /// Whether all that was promised was found there already: libsndfile only guesses the length.
  var isCountedHere = false

  /// Recognises a container by its first bytes and reads its header.
  ///
  /// The codec is checked here already, before libsndfile prepares a decoder for it.
  /// - Throws: ``AudioError`` when it is no audio, not supported, damaged or cut.
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

  /// Wraps what a header said.
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

  /// Formats that are audio, or often taken for it, by their first bytes.
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
