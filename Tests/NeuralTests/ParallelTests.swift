import Synchronization
import Testing

@testable import Basics
@testable import Neural

/// Results and errors in the order of the indices, and no worker in two places at once.
@Suite struct ParallelTests {
  struct Failure: Error, Equatable { var index: Int }

  @Test(arguments: [1, 2, 7]) func resultsStandInOrder(_ threads: Int) {
    let squares = Parallel.map(100, threads: threads) { index, _ in index * index }
    #expect(squares == (0..<100).map { $0 * $0 })
    #expect(Parallel.map(0, threads: threads) { index, _ in index }.isEmpty)
  }

  @Test(arguments: [1, 2, 7]) func theFirstErrorByIndexIsThrown(_ threads: Int) {
    #expect(throws: Failure(index: 13)) {
      _ = try Parallel.map(100, threads: threads) { index, _ throws(Failure) in
        // The later error comes first in time where there are several threads.
        if index == 13 { for _ in 0..<100_000 { _ = Atomic(0).load(ordering: .relaxed) } }
        if index == 13 || index == 14 { throw Failure(index: index) }
      }
    }
  }

  @Test func aWorkerIsNeverInUseTwice() {
    let busy = Mutex(Set<Int>())
    let clashes = Parallel.map(200, threads: 4) { _, worker in
      let isNew = busy.withLock { $0.insert(worker).inserted }
      for _ in 0..<1_000 { _ = Atomic(0).load(ordering: .relaxed) }
      busy.withLock { _ = $0.remove(worker) }
      return !isNew || worker >= 4
    }
    #expect(!clashes.contains(true))
  }
}
