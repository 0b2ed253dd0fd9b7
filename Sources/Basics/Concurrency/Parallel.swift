import Dispatch
import Synchronization

/// Runs numbered parts of some work on several threads.
///
/// Waiting threads sleep; they do not spin.
package enum Parallel {
  /// Calls `body(index, worker)` for each index below `count`, on up to `threads` threads; returns
  /// the results in the order of the indices.
  ///
  /// Worker numbers are below `threads` and `count`. No two calls at the same time have the same
  /// number, so a number can own memory. If calls throw, all calls still finish, and the error of
  /// the lowest index is thrown.
  package static func map<Value: Sendable, Failure: Error>(
    _ count: Int, threads: Int,
    _ body: (_ index: Int, _ worker: Int) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    let workers = min(threads, count)
    if workers <= 1 {
      var values: [Value] = []
      values.reserveCapacity(count)
      for index in 0..<count { values.append(try body(index, 0)) }
      return values
    }
    let next = Atomic(0)
    let results = Mutex([Result<Value, Failure>?](repeating: nil, count: count))
    // `body` does not outlive this call, and no two workers share an index or a number.
    nonisolated(unsafe) let body = body
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= count { break }
        let result = Result { () throws(Failure) in try body(index, worker) }
        results.withLock { $0[index] = result }
      }
    }
    var values: [Value] = []
    values.reserveCapacity(count)
    for result in results.withLock({ $0 }) { values.append(try result!.get()) }
    return values
  }
}
