import SystemPackage

/// Reads clips and recordings, in this process or in processes of their own.
///
/// A file from a stranger can make a decoder hang or crash. With `workers` that costs its own clip;
/// without, the whole program.
public struct ClipReader: Sendable {
  /// The rate, the channel and the limits.
  public var decoder: AudioDecoder
  /// Processes that decode files; nil decodes here.
  public var workers: DecodingWorkers?
  /// Whether a file of one channel is heard although the decoder names another: the channel is then a
  /// model's own, and such a file leaves nothing to choose.
  package var hearsMono = false
  /// Whether this process gets SIGPROF where decoding in it takes too long; see `DecodingWatch`.
  package var isWatched = false

  /// What a recording is, known when it was read.
  package typealias Found = (sampleRate: Int, source: AudioFormat)

  /// A reader with `decoder`'s settings.
  public init(_ decoder: AudioDecoder, workers: DecodingWorkers? = nil) {
    self.decoder = decoder
    self.workers = workers
  }

  /// Reads a file of any format that `AudioDecoder` opens, as a whole.
  public func read(_ path: FilePath) throws(AudioError) -> Clip { try read(.file(path)) }

  /// Reads a clip from wherever it is, as a whole.
  package func read(_ source: ClipSource) throws(AudioError) -> Clip {
    if case .clip(let clip) = source { return clip }
    var samples: [Float] = []
    let found = try blocks(of: source, isWhole: true, begin: { samples = [] }) { samples += $0 }
    return Clip(samples: samples, sampleRate: found.sampleRate, source: found.source)
  }

  /// Reads a recording of any length in blocks, so that no memory holds it all.
  ///
  /// - Parameters:
  ///   - source: Where it is.
  ///   - begin: Called before the first block, and again where a process that died has to be replaced:
  ///     the blocks so far are worth nothing.
  ///   - take: Called with the samples as they come.
  /// - Returns: What the file says of itself, and what was found in it.
  /// - Throws: `AudioError`; what was taken before it is worth nothing.
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
      guard hearsMono, case .noSuchChannel(_, _, channels: 1) = error else { throw error }
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
