import Dispatch
import Synchronization

/// A queue of values from one thread to another, with a limit.
package final class BoundedQueue<Element: Sendable>: Sendable {
  private struct State {
    var waiting: [Element] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let filled = DispatchSemaphore(value: 0)
  private let free = DispatchSemaphore(value: 0)

  /// A queue of at most `limit` values.
  package init(limit: Int) {
    // Signalled instead of given at the start: a semaphore must not be released with less than its
    // initial value.
    for _ in 0..<limit { free.signal() }
  }

  /// Waits for room and adds a value; false if the queue is closed.
  package func put(_ element: Element) -> Bool {
    free.wait()
    let isClosed = state.withLock { state in
      if !state.isClosed { state.waiting.append(element) }
      return state.isClosed
    }
    // Wakes the next waiting thread too.
    (isClosed ? free : filled).signal()
    return !isClosed
  }

  /// The oldest value; nil if none arrives within this time, in seconds.
  package func take(within seconds: Double) -> Element? {
    let time = DispatchTime.now() + .nanoseconds(Int(seconds * 1e9))
    guard filled.wait(timeout: time) == .success else { return nil }
    let element = state.withLock { $0.waiting.removeFirst() }
    free.signal()
    return element
  }

  /// Closes the queue: waiting threads continue.
  package func close() {
    state.withLock { $0.isClosed = true }
    free.signal()
  }

  /// Whether the queue is closed.
  package var isClosed: Bool { state.withLock { $0.isClosed } }
}
