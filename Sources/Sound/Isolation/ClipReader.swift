import SystemPackage

/// Reads clips and recordings, in this process or in worker processes.
///
/// A damaged file can make a decoder hang or crash. With `workers` only that clip is lost; without,
/// the whole program ends.
public struct ClipReader: Sendable {
  /// The decoder, with its rate, channel and limits.
  public var decoder: AudioDecoder
  /// Worker processes; nil decodes in this process.
  public var workers: DecodingWorkers?
  /// Whether a file with one channel is read even if the decoder names another channel.
  ///
  /// True if that channel comes from a model.
  package var acceptsMono = false
  /// Whether this process gets SIGPROF if decoding takes too long; see `DecodingWatch`.
  package var isWatched = false

  /// The rate and the format of a recording that was read.
  package typealias Found = (sampleRate: Int, source: AudioFormat)

  /// Makes a reader with the settings of `decoder`.
  public init(_ decoder: AudioDecoder, workers: DecodingWorkers? = nil) {
    self.decoder = decoder
    self.workers = workers
  }

  /// Reads a whole file of any format that `AudioDecoder` opens.
  public func read(_ path: FilePath) throws(AudioError) -> Clip { try read(.file(path)) }

  /// Reads a whole clip from any source.
  package func read(_ source: ClipSource) throws(AudioError) -> Clip {
    if case .clip(let clip) = source { return clip }
    var samples: [Float] = []
    let found = try blocks(of: source, isWhole: true, begin: { samples = [] }) { samples += $0 }
    return Clip(samples: samples, sampleRate: found.sampleRate, source: found.source)
  }

  /// Reads a recording of any length in blocks, in constant memory.
  ///
  /// - Parameters:
  ///   - source: The recording.
  ///   - begin: Called before the first block, and again if a worker died and was replaced: discard
  ///     the blocks so far.
  ///   - take: Called with each block of samples.
  /// - Returns: The rate, and the format with the number of frames read.
  /// - Throws: `AudioError`; discard the blocks taken before it.
  package func read(
    _ source: ClipSource, begin: () -> Void, take: ([Float]) -> Void
  ) throws(AudioError) -> Found {
    try blocks(of: source, isWhole: false, begin: begin, take: take)
  }

  private func blocks(
    of source: ClipSource, isWhole: Bool, begin: () -> Void, take: ([Float]) -> Void
  ) throws(AudioError) -> Found {
    do {
      return try blocks(of: source, decoder, isWhole: isWhole, begin: begin, take: take)
    } catch {
      guard acceptsMono, case .noSuchChannel(_, _, channels: 1) = error else { throw error }
      var mixing = decoder
      mixing.channel = nil
      return try blocks(of: source, mixing, isWhole: isWhole, begin: begin, take: take)
    }
  }

  private func blocks(
    of source: ClipSource, _ decoder: AudioDecoder, isWhole: Bool, begin: () -> Void,
    take: ([Float]) -> Void
  ) throws(AudioError) -> Found {
    if case .file(let path) = source, let workers {
      return try workers.decode(path, with: decoder, isWhole: isWhole, begin: begin, take: take)
    }
    begin()
    let watch = isWatched ? DecodingWatch(seconds: source.decodingSeconds) : nil
    defer { watch?.end() }
    let reader: AudioReader
    switch source {
    case .file(let path): reader = try decoder.open(path)
    case .bytes(let bytes, let name): reader = try decoder.open(bytes: bytes, name: name)
    case .clip(let clip):
      if let rate = decoder.sampleRate, rate != clip.sampleRate {
        throw .broken(
          name: source.name, reason: "samples at \(clip.sampleRate) Hz, needed are \(rate) Hz")
      }
      take(clip.samples)
      return (clip.sampleRate, clip.source)
    }
    try decoder.read(reader, isWhole: isWhole) { block in
      guard let watch else { return take(block) }
      watch.extend(samples: block.count, sampleRate: reader.sampleRate)
      watch.pause { take(block) }
    }
    return (reader.sampleRate, reader.format)
  }
}
