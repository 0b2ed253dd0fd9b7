import Dispatch

/// A value that is being computed on another thread.
///
/// Safe to send: `result` is written before the semaphore's signal and read after the wait.
package final class Pending<Value, Failure: Error>: @unchecked Sendable {
  private var result: Result<Value, Failure>?
  private let done = DispatchSemaphore(value: 0)

  package init(_ compute: @escaping @Sendable () throws(Failure) -> Value) {
    DispatchQueue.global().async {
      self.result = Result(catching: compute)
      self.done.signal()
    }
  }

  /// Blocks until the value is computed.
  ///
  /// To be called once.
  package func wait() throws(Failure) -> Value {
    done.wait()
    return try result!.get()
  }
}
