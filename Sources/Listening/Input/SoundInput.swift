import Basics
import Sound

/// A place where sound comes from: a file, a pipe or a microphone.
public protocol SoundInput: Sendable {
  /// Passes on the sound, on its own thread, until it ends or the sink is closed.
  ///
  /// The first piece is a beginning or an end, the last an end.
  func run(into sink: SoundSink)
}

/// Where an input hands over its sound.
public struct SoundSink: Sendable {
  fileprivate let queue: BoundedQueue<SoundPiece>

  /// Waits for room and passes on a piece; false if the sink is closed.
  public func give(_ piece: SoundPiece) -> Bool { queue.put(piece) }

  /// Whether the sink is open.
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
