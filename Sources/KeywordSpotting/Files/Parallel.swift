import Dispatch
import Synchronization

/// Computes `count` values on `threads` threads; the results stand in index order.
///
/// - Parameters:
///   - count: How many values.
///   - threads: How many threads work; each takes the next index that nobody has.
///   - makeWorker: Makes what one thread owns, such as FFT plans.
///   - body: The value at one index.
/// - Returns: (count), in index order.
func parallelMap<Worker, Value>(
  count: Int, threads: Int, makeWorker: @Sendable () -> Worker,
  body: @Sendable (Worker, Int) -> Value
) -> [Value] {
  [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
    nonisolated(unsafe) let values = buffer
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
      let worker = makeWorker()
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        (values.baseAddress! + index).initialize(to: body(worker, index))
      }
    }
    initialized = count
  }
}

/// A value that is being computed on another thread.
///
/// Safe to send: `value` is written before the semaphore is signalled and read after it is waited
/// for.
final class Pending<Value>: @unchecked Sendable {
  private var value: Value?
  private let done = DispatchSemaphore(value: 0)

  init(_ compute: @escaping @Sendable () -> Value) {
    DispatchQueue.global().async {
      self.value = compute()
      self.done.signal()
    }
  }

  /// Blocks until the value is there.
  ///
  /// Called once.
  func wait() -> Value {
    done.wait()
    return value!
  }
}
