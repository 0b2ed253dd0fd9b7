import CSndfile
import SystemPackage

/// Reads audio files: opens, checks, mixes to one channel and resamples.
///
///     let clip = try AudioDecoder(sampleRate: 16_000).decode("yes.wav")
///
/// Sizes in headers are never believed: frames are read in blocks and counted, memory grows with
/// what was really there, and reading stops at ``maximumSeconds``, or earlier at rates that would
/// make more than ``maximumSamples``.
public struct AudioDecoder: Sendable {
  /// Rates that are read, in Hz.
  public static let sampleRates = 1_000...768_000
  /// Channel counts that are read.
  public static let channelCounts = 1...64
  /// The longest clip, in samples at its final rate: 256 MiB, 70 minutes at 16 kHz.
  public static let maximumSamples = 1 << 26
  /// Larger samples are taken for damage: float files hold +-1, by mistake at most +-32768.
  static let largestSample: Float = 65_536

  /// Rate of the clips, in Hz; nil keeps each file's own.
  public var sampleRate: Int?
  /// The channel to keep, counted from 1; nil mixes all by their mean.
  public var channel: Int?
  /// Longer files are refused, in seconds.
  public var maximumSeconds: Double

  /// Creates a decoder; see the properties for the meaning of each.
  public init(sampleRate: Int? = nil, channel: Int? = nil, maximumSeconds: Double = 3600) {
    precondition(
      sampleRate.map(Self.sampleRates.contains) ?? true,
      "\(sampleRate ?? 0) Hz is outside \(Self.sampleRates)")
    precondition(channel ?? 1 >= 1, "channels count from 1, not \(channel ?? 0)")
    precondition(maximumSeconds > 0, "a maximum of \(maximumSeconds) s is not positive")
    self.sampleRate = sampleRate
    self.channel = channel
    self.maximumSeconds = maximumSeconds
  }

  /// Reads a file; its path may hold any bytes.
  /// - Throws: ``AudioError`` with the file's name, what is wrong and what to do.
  public func decode(_ path: FilePath) throws(AudioError) -> Clip {
    let name = path.string
    return try clip(ByteSource(path, name: name), name: name)
  }

  /// Reads a file that is already in memory, such as standard input.
  /// - Throws: ``AudioError`` with `name`, what is wrong and what to do.
  public func decode(bytes: [UInt8], name: String) throws(AudioError) -> Clip {
    try clip(ByteSource(bytes), name: name)
  }

  /// Reads a file and hands its samples and their rate in Hz over as they come, so that no memory
  /// holds them all.
  ///
  /// What was handed over before an error is worth nothing.
  /// - Returns: The samples' rate, in Hz, and the file's own format.
  /// - Throws: ``AudioError`` as `decode` does.
  package func decode(
    _ path: FilePath, into sink: ([Float], _ sampleRate: Int) -> Void
  ) throws(AudioError) -> (sampleRate: Int, source: AudioFormat) {
    let name = path.string
    return try decode(ByteSource(path, name: name), name: name, into: sink)
  }

  /// Reads a file that is already in memory likewise.
  package func decode(
    bytes: [UInt8], name: String, into sink: ([Float], _ sampleRate: Int) -> Void
  ) throws(AudioError) -> (sampleRate: Int, source: AudioFormat) {
    try decode(ByteSource(bytes), name: name, into: sink)
  }

  private func clip(_ source: ByteSource, name: String) throws(AudioError) -> Clip {
    var samples: [Float] = []
    let (sampleRate, format) = try decode(source, name: name) { block, _ in
      samples += block
      Self.makeRoom(in: &samples)
    }
    return Clip(samples: samples, sampleRate: sampleRate, source: format)
  }

  /// Makes room for all that may come, once there is much of it.
  ///
  /// Untouched memory costs nothing, and growing by copies would need half as much again.
  package static func makeRoom(in samples: inout [Float]) {
    if samples.count > 1 << 22 { samples.reserveCapacity(maximumSamples) }
  }

  private func decode(
    _ source: ByteSource, name: String, into sink: ([Float], _ sampleRate: Int) -> Void
  ) throws(AudioError) -> (sampleRate: Int, source: AudioFormat) {
    let layout = try AudioLayout(source, name: name)
    source.view = layout.view
    var file = try SoundFile(source, name: name)
    var format = try checkedFormat(file.info, name: name)
    format.container = layout.container ?? format.container
    let mixer = Mixer(channels: format.channels, channel: channel)
    let targetRate = sampleRate ?? format.sampleRate
    var resampler = Resampler(from: format.sampleRate, to: targetRate)

    let maximumSeconds = limit(at: targetRate)
    let maximumFrames = maximumSeconds * Double(format.sampleRate)
    var isEmpty = true
    func give(_ samples: [Float]) {
      guard !samples.isEmpty else { return }
      isEmpty = false
      sink(samples, targetRate)
    }
    var block = [Float](repeating: 0, count: 4096 * format.channels)
    var found = 0
    while true {
      let frames = file.read(into: &block)
      guard frames > 0 else { break }
      guard Double(found + frames) <= maximumFrames else {
        throw .tooLong(name: name, maximumSeconds: maximumSeconds)
      }
      try Self.check(block, count: frames * format.channels, channels: format.channels) {
        (index, value) throws(AudioError) in
        let frame = found + index
        throw value.isFinite
          ? .tooLoud(name: name, frame: frame, value: value) : .notFinite(name: name, frame: frame)
      }
      resampler.append(mixer.mix(block, frames: frames))
      give(resampler.take())
      found += frames
    }
    if let error = source.systemError {
      throw .unreadable(name: name, reason: error.description)
    }
    // libsndfile's own count stands in for headers that only it reads; it may not know.
    let counted = layout.isCountedHere ? nil : file.declaredFrames
    if let declared = layout.declaredFrames ?? counted, found < declared {
      throw .cut(name: name, declared: declared, found: found)
    }
    if let reason = file.failure { throw .broken(name: name, reason: reason) }
    guard found > 0 else { throw .empty(name: name) }
    format.frames = found
    give(resampler.finish())
    if isEmpty { throw .tooShort(name: name, format, sampleRate: targetRate) }
    return (targetRate, format)
  }

  /// The longest clip at a final rate in Hz, in seconds.
  func limit(at sampleRate: Int) -> Double {
    min(maximumSeconds, Double(Self.maximumSamples) / Double(sampleRate))
  }

  private func checkedFormat(_ info: SF_INFO, name: String) throws(AudioError) -> AudioFormat {
    let channels = Int(info.channels)
    guard Self.channelCounts.contains(channels) else {
      throw .channelCountOutOfRange(name: name, channels: channels)
    }
    let sampleRate = Int(info.samplerate)
    guard Self.sampleRates.contains(sampleRate) else {
      throw .sampleRateOutOfRange(name: name, sampleRate: sampleRate)
    }
    if let channel, channel > channels {
      throw .noSuchChannel(name: name, channel: channel, channels: channels)
    }
    let (container, encoding) = try AllowList.names(of: info.format, name: name)
    return AudioFormat(
      container: container, encoding: encoding, sampleRate: sampleRate, channels: channels,
      frames: 0)
  }

  /// Calls `report` with the frame and value of the first sample that cannot be audio.
  private static func check(
    _ block: [Float], count: Int, channels: Int,
    report: (Int, Float) throws(AudioError) -> Void
  ) throws(AudioError) {
    // A NaN compares false, so that it is caught as well.
    guard let index = block[..<count].firstIndex(where: { !(abs($0) <= largestSample) }) else {
      return
    }
    try report(index / channels, block[index])
  }
}
