import Dispatch
import Synchronization

/// Work in numbered parts on several threads.
///
/// Waiting threads sleep; none spins.
package enum Parallel {
  /// `body(index, worker)` for each index below `count`, on up to `threads` threads; the results in
  /// the order of the indices.
  ///
  /// A worker number, below `threads` and below `count`, is never in use twice at a time, so it can
  /// own memory. Of several errors the one with the lowest index is thrown, after all are done.
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
    // The body stays within this call, and no two workers share an index or a number.
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
