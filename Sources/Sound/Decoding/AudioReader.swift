import CSndfile

/// Reads a sound file in blocks, mixed to one channel and resampled, in constant memory.
///
///     let reader = try AudioDecoder(sampleRate: 16_000).open("meeting.flac")
///     while let block = try reader.next() { ... }
///
/// Damage may show only at the end of a file; after an error, discard the blocks read before.
public final class AudioReader: SampleSource {
  /// Frames per block of the decoder.
  private static let blockLength = 4096

  /// Sample rate, in Hz: the decoder's, or the file's.
  public let sampleRate: Int
  /// The format of the file, with the number of frames read so far.
  public private(set) var format: AudioFormat

  /// Name of the file in messages.
  let name: String
  private let source: ByteSource
  private let declaredFrames: Int?
  private var file: SoundFile
  private let mixer: Mixer
  private var resampler: Resampler
  /// Interleaved frames.
  private var block: [Float]
  private var isEmpty = true
  private var isAtEnd = false

  /// Opens a source and checks its header.
  init(
    _ source: ByteSource, name: String, decoder: AudioDecoder
  ) throws(AudioError) {
    self.name = name
    self.source = source
    let layout = try AudioLayout(source, name: name)
    source.view = layout.view
    file = try SoundFile(source, name: name)
    format = try Self.checkedFormat(file.info, name: name, channel: decoder.channel)
    format.container = layout.container ?? format.container
    // For headers that only libsndfile reads, its count is used; it may be unknown.
    declaredFrames = layout.declaredFrames ?? (layout.isCountedHere ? nil : file.declaredFrames)
    sampleRate = decoder.sampleRate ?? format.sampleRate
    mixer = Mixer(channels: format.channels, channel: decoder.channel)
    resampler = Resampler(from: format.sampleRate, to: sampleRate)
    block = [Float](repeating: 0, count: Self.blockLength * format.channels)
  }

  /// The next samples, at least one; nil at the end of a complete file.
  ///
  /// - Throws: ``AudioError`` with the file's name, what is wrong and what to do.
  public func next() throws(AudioError) -> [Float]? {
    while !isAtEnd {
      let samples: [Float]
      do {
        samples = try read()
      } catch {
        isAtEnd = true
        throw error
      }
      if samples.isEmpty { continue }
      isEmpty = false
      return samples
    }
    return nil
  }

  private func read() throws(AudioError) -> [Float] {
    let frames = file.read(into: &block)
    guard frames > 0 else {
      isAtEnd = true
      return try rest()
    }
    try AudioLimits.check(
      block[..<(frames * format.channels)], name: name, channels: format.channels,
      before: format.frames * format.channels)
    format.frames += frames
    resampler.push(mixer.mix(block, frames: frames))
    return resampler.take()
  }

  /// The last samples at the end of the file; throws if the file ended too early.
  private func rest() throws(AudioError) -> [Float] {
    if let error = source.systemError {
      throw .unreadable(name: name, reason: error.description)
    }
    if let declaredFrames, format.frames < declaredFrames {
      throw .cut(name: name, declared: declaredFrames, found: format.frames)
    }
    if let reason = file.failure { throw .broken(name: name, reason: reason) }
    guard format.frames > 0 else { throw .empty(name: name) }
    let samples = resampler.finish()
    if isEmpty, samples.isEmpty { throw .tooShort(name: name, format, sampleRate: sampleRate) }
    return samples
  }

  private static func checkedFormat(
    _ info: SF_INFO, name: String, channel: Int?
  ) throws(AudioError) -> AudioFormat {
    let channels = Int(info.channels)
    guard AudioLimits.channelCounts.contains(channels) else {
      throw .channelCountOutOfRange(name: name, channels: channels)
    }
    let sampleRate = Int(info.samplerate)
    guard AudioLimits.sampleRates.contains(sampleRate) else {
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
}
