import Dispatch

/// A place in the queue of long clips, of which one at a time is in memory.
///
/// An hour at 16 kHz has 230 MB: one for each thread would be too much. Short clips need no turn.
final class LongClipTurn {
  /// Clips of more samples are long: 16 MiB, four minutes at 16 kHz.
  private static let limit = 1 << 22
  private static let room = DispatchSemaphore(value: 1)

  private let isNeeded: Bool
  private var isTaken = false

  /// A turn, or none at all for a reader that keeps the clips.
  init(isNeeded: Bool = true) { self.isNeeded = isNeeded }

  deinit { if isTaken { Self.room.signal() } }

  /// Waits until a clip that has `count` samples already may grow.
  func wait(count: Int) {
    guard isNeeded, !isTaken, count > Self.limit else { return }
    Self.room.wait()
    isTaken = true
  }
}
