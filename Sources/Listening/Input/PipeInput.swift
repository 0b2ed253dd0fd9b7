import Basics
import Glibc
import Sound
import SystemPackage

/// Sound that comes through standard input or a FIFO: WAV, or samples without a header.
public struct PipeInput: SoundInput {
  /// Where the bytes come from.
  public enum Source: Sendable {
    case standardInput
    case fifo(FilePath)
  }

  /// Bytes that are taken at once.
  private static let blockLength = 1 << 14

  private let source: Source
  private let raw: RawFormat?
  /// The requested channel, from 1, which must exist.
  private let channel: Int?
  private let takesMono: Bool
  private var name: String {
    switch source {
    case .standardInput: "-"
    case .fifo(let path): path.displayName
    }
  }

  /// Sound from a pipe.
  ///
  /// - Parameters:
  ///   - source: The pipe.
  ///   - raw: What its bytes are; nil reads the header of a WAV file.
  ///   - channel: The channel to read, from 1, which must exist; nil requires none.
  ///   - takesMono: Whether sound of one channel will do all the same.
  public init(
    _ source: Source, raw: RawFormat?, channel: Int? = nil, takesMono: Bool = false
  ) {
    (self.source, self.raw, self.channel) = (source, raw, channel)
    self.takesMono = takesMono
  }

  /// Hands over the sound as it comes.
  public func run(into sink: SoundSink) {
    do {
      let bytes = try open()
      try listen(bytes, sink)
      _ = sink.give(.end(nil))
    } catch { _ = sink.give(.end(.audio(error))) }
  }

  private func open() throws(AudioError) -> ByteStream {
    switch source {
    case .standardInput: return ByteStream(STDIN_FILENO, name: name, closes: false)
    case .fifo(let path):
      // Waits for a writer.
      let descriptor = path.withPlatformString { Glibc.open($0, O_RDONLY | O_CLOEXEC) }
      guard descriptor >= 0 else {
        throw errno == ENOENT
          ? .missing(name: name) : .unreadable(name: name, reason: systemMessage(errno))
      }
      return ByteStream(descriptor, name: name, closes: true)
    }
  }

  private func listen(
    _ stream: ByteStream, _ sink: SoundSink
  ) throws(AudioError) {
    var (raw, left) = (raw, Int?.none)
    if raw == nil {
      let header = try WaveStreamHeader(name: name) { (count) throws(AudioError) in
        try stream.read(count)
      }
      (raw, left) = (header.raw, header.byteCount)
    }
    let declared = left
    let (encoding, format) = (raw!.encoding, raw!.format)
    if let channel, channel > format.channels, !(takesMono && format.channels == 1) {
      throw .noSuchChannel(name: name, channel: channel, channels: format.channels)
    }
    let origin = SoundOrigin(format: format, name: name, details: encoding.rawValue)
    guard sink.give(.begin(origin)) else { return }
    var (rest, samples) = ([UInt8](), 0)
    while left != 0 {
      let bytes = try stream.some(min(Self.blockLength, left ?? .max))
      if bytes.isEmpty { break }
      left = left.map { $0 - bytes.count }
      let whole = rest + bytes
      let piece = encoding.samples(in: whole)
      rest = Array(whole[(piece.count * encoding.byteCount)...])
      try AudioLimits.check(
        piece, name: name, channels: format.channels, before: samples)
      samples += piece.count
      if !piece.isEmpty, !sink.give(.samples(piece, arrived: .now)) { return }
    }
    let found = samples / format.channels
    if found == 0 { throw .empty(name: name) }
    if let declared, left != 0 {
      throw .cut(name: name, declared: declared / raw!.frameBytes, found: found)
    }
  }
}
