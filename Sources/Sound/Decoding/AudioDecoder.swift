import SystemPackage

/// Reads audio files: opens, checks, mixes to one channel and resamples.
///
///     let clip = try AudioDecoder(sampleRate: 16_000).decode("yes.wav")
///
/// Sizes in headers are not trusted: frames are read in blocks and counted, and memory grows only
/// with what was read. A whole clip has at most ``maximumSeconds`` and ``maximumSamples``. `open`
/// reads recordings of any length.
public struct AudioDecoder: Sendable {
  /// The longest clip, in samples at its final rate: 256 MiB, 70 minutes at 16 kHz.
  public static let maximumSamples = 1 << 26

  /// Rate of the clips, in Hz; nil keeps each file's rate.
  public var sampleRate: Int?
  /// The channel to read, counted from 1; nil takes the mean of all channels.
  public var channel: Int?
  /// Longer clips are refused, in seconds.
  public var maximumSeconds: Double

  /// Creates a decoder; see the properties for the meaning of each.
  public init(sampleRate: Int? = nil, channel: Int? = nil, maximumSeconds: Double = 3600) {
    precondition(
      sampleRate.map(AudioLimits.sampleRates.contains) ?? true,
      "\(sampleRate ?? 0) Hz is outside \(AudioLimits.sampleRates)")
    precondition(channel ?? 1 >= 1, "channels count from 1, not \(channel ?? 0)")
    precondition(maximumSeconds > 0, "a maximum of \(maximumSeconds) s is not positive")
    self.sampleRate = sampleRate
    self.channel = channel
    self.maximumSeconds = maximumSeconds
  }

  /// Opens a file of any length to read it in blocks.
  /// - Throws: ``AudioError`` with the file's name, what is wrong and what to do.
  public func open(_ path: FilePath) throws(AudioError) -> AudioReader {
    let name = path.string
    return try AudioReader(ByteSource(path, name: name), name: name, decoder: self)
  }

  /// Opens a file in memory, such as the content of standard input, to read it in blocks.
  /// - Throws: ``AudioError`` with `name`, what is wrong and what to do.
  public func open(bytes: [UInt8], name: String) throws(AudioError) -> AudioReader {
    try AudioReader(ByteSource(bytes), name: name, decoder: self)
  }

  /// How long a file says that it is, in seconds; nil where that is not known without decoding.
  ///
  /// Only its header is read, and not by libsndfile.
  package static func declaredSeconds(of path: FilePath) -> Double? {
    guard let source = try? ByteSource(path, name: ""),
      let layout = try? AudioLayout(source, name: ""), let rate = layout.sampleRate,
      let frames = layout.declaredFrames ?? layout.foundFrames
    else { return nil }
    return Double(frames) / Double(rate)
  }

  /// Reads a whole file.
  /// - Throws: ``AudioError`` with the file's name, what is wrong and what to do.
  public func decode(_ path: FilePath) throws(AudioError) -> Clip {
    try clip(open(path))
  }

  /// Reads a whole file in memory, such as the content of standard input.
  /// - Throws: ``AudioError`` with `name`, what is wrong and what to do.
  public func decode(bytes: [UInt8], name: String) throws(AudioError) -> Clip {
    try clip(open(bytes: bytes, name: name))
  }

  private func clip(_ reader: AudioReader) throws(AudioError) -> Clip {
    var samples: [Float] = []
    try read(reader, isWhole: true) { samples += $0 }
    return Clip(samples: samples, sampleRate: reader.sampleRate, source: reader.format)
  }

  /// Reads a file and passes its blocks to `sink`.
  /// - Parameters:
  ///   - reader: The file.
  ///   - isWhole: Whether the blocks become a whole clip, whose length is limited.
  ///   - sink: Called with each block.
  /// - Throws: ``AudioError``, also if the file is too long for a whole clip.
  package func read(
    _ reader: AudioReader, isWhole: Bool, into sink: ([Float]) -> Void
  ) throws(AudioError) {
    let maximumSeconds = isWhole ? limit(at: reader.sampleRate) : .infinity
    while let block = try reader.next() {
      guard reader.format.seconds <= maximumSeconds else {
        throw .tooLong(name: reader.name, maximumSeconds: maximumSeconds)
      }
      sink(block)
    }
  }

  /// The longest clip, in seconds, at a final rate in Hz.
  func limit(at sampleRate: Int) -> Double {
    min(maximumSeconds, Double(Self.maximumSamples) / Double(sampleRate))
  }
}
