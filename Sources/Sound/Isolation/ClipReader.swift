import SystemPackage

/// Reads clips, in this process or in processes of their own.
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

  /// A reader with `decoder`'s settings.
  public init(_ decoder: AudioDecoder, workers: DecodingWorkers? = nil) {
    self.decoder = decoder
    self.workers = workers
  }

  /// Reads a file of any format that `AudioDecoder` opens.
  public func read(_ path: FilePath) throws(AudioError) -> Clip {
    try heard { (decoder) throws(AudioError) in
      guard let workers else { return try decoder.decode(path) }
      return try workers.decode(path, with: decoder, turn: LongClipTurn(isNeeded: false))
    }
  }

  /// Reads a clip from wherever it is.
  package func read(_ source: ClipSource) throws(AudioError) -> Clip {
    switch source {
    case .file(let path): try read(path)
    case .bytes, .clip:
      try heard { (decoder) throws(AudioError) in try source.decode(with: decoder) }
    }
  }

  /// Reads a clip from wherever it is and gives it to `use`, which keeps none of its samples: of long
  /// clips only one is in memory, however many threads read.
  package func read<Value>(
    _ source: ClipSource, use: (Clip) -> Value
  ) throws(AudioError) -> Value {
    guard case .file(let path) = source, let workers else {
      return use(try read(source))
    }
    let turn = LongClipTurn()
    let value = use(
      try heard { (decoder) throws(AudioError) in
        try workers.decode(path, with: decoder, turn: turn)
      })
    withExtendedLifetime(turn) {}
    return value
  }

  /// What `decode` gives with the decoder, or for a file of one channel with one that mixes.
  private func heard(
    _ decode: (AudioDecoder) throws(AudioError) -> Clip
  ) throws(AudioError) -> Clip {
    do { return try decode(decoder) } catch {
      guard hearsMono, case .noSuchChannel(_, _, channels: 1) = error else { throw error }
      var mixing = decoder
      mixing.channel = nil
      return try decode(mixing)
    }
  }
}
