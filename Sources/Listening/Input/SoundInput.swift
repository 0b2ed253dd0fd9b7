import Basics
import Sound

/// A place where sound comes from: a file, a pipe or a microphone.
public protocol SoundInput: Sendable {
  /// Hands over the sound, on a thread of its own, until it ends or nobody listens.
  ///
  /// The first piece is a beginning or an end, the last an end.
  func run(into sink: SoundSink)
}

/// Where an input hands over its sound.
public struct SoundSink: Sendable {
  fileprivate let queue: BoundedQueue<SoundPiece>

  /// Hands over a piece, once there is room for it; false where nobody listens.
  public func give(_ piece: SoundPiece) -> Bool { queue.put(piece) }

  /// Whether somebody listens.
  public var isOpen: Bool { !queue.isClosed }
}

/// Reads an input on a thread of its own, so that it is read while what came is worked on.
///
/// Of what came only so much waits: a file and a pipe then wait too, and a device overruns.
public final class SoundReader: Sendable {
  /// Pieces that wait at most: 16 s of a file at 16 kHz, 1.3 s of a microphone.
  private static let mostWaiting = 64

  private let queue = BoundedQueue<SoundPiece>(limit: mostWaiting)

  /// Starts to read.
  public init(_ input: some SoundInput) {
    let sink = SoundSink(queue: queue)
    let started = BackgroundThread.start { input.run(into: sink) }
    if !started { _ = sink.give(.end(.noThread)) }
  }

  deinit { queue.close() }

  /// The next piece; nil where none comes within so many seconds.
  public func next(within seconds: Double) -> SoundPiece? { queue.take(within: seconds) }
}
