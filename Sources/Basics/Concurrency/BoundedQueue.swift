import Dispatch
import Synchronization

/// Values on their way from one thread to another, of which only so many wait.
package final class BoundedQueue<Element: Sendable>: Sendable {
  private struct State {
    var waiting: [Element] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let filled = DispatchSemaphore(value: 0)
  private let free = DispatchSemaphore(value: 0)

  /// A queue in which `limit` values wait at most.
  package init(limit: Int) {
    // Signalled, not given: a semaphore may not go with less than it began with.
    for _ in 0..<limit { free.signal() }
  }

  /// Adds a value, once there is room for it; false where nobody takes any more.
  package func put(_ element: Element) -> Bool {
    free.wait()
    let isClosed = state.withLock { state in
      if !state.isClosed { state.waiting.append(element) }
      return state.isClosed
    }
    // Whoever comes next shall not wait either.
    (isClosed ? free : filled).signal()
    return !isClosed
  }

  /// The oldest value; nil where none comes within so many seconds.
  package func take(within seconds: Double) -> Element? {
    let time = DispatchTime.now() + .nanoseconds(Int(seconds * 1e9))
    guard filled.wait(timeout: time) == .success else { return nil }
    let element = state.withLock { $0.waiting.removeFirst() }
    free.signal()
    return element
  }

  /// Takes no more: whoever waits for room goes on.
  package func close() {
    state.withLock { $0.isClosed = true }
    free.signal()
  }

  /// Whether nobody takes any more.
  package var isClosed: Bool { state.withLock { $0.isClosed } }
}
