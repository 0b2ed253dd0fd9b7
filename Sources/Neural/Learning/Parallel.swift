import Dispatch
import Synchronization

/// Work in numbered parts on several threads.
///
/// Waiting threads sleep; none spins.
enum Parallel {
  /// `body(index, worker)` for each index below `count`, on up to `threads` threads; the results in
  /// the order of the indices.
  ///
  /// A worker number, below `threads` and below `count`, is never in use twice at a time, so it can
  /// own memory.
  static func map<Result: Sendable>(
    _ count: Int, threads: Int, _ body: (_ index: Int, _ worker: Int) -> Result
  ) -> [Result] {
    let workers = min(threads, count)
    if workers <= 1 { return (0..<count).map { body($0, 0) } }
    let next = Atomic(0)
    let results = Mutex([Result?](repeating: nil, count: count))
    // The body stays within this call, and no two workers share an index or a number.
    nonisolated(unsafe) let body = body
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= count { break }
        let result = body(index, worker)
        results.withLock { $0[index] = result }
      }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
