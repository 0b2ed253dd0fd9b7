import Glibc
import Synchronization
import Testing

@testable import Basics

/// Values on their way from one thread to another.
@Suite struct QueueTests {
  @Test func valuesComeInOrderAndNoneIsLost() {
    let queue = BoundedQueue<Int>(limit: 3)
    #expect(BackgroundThread.start { for value in 0..<10_000 { _ = queue.put(value) } })
    for value in 0..<10_000 { #expect(queue.take(within: 5) == value) }
    #expect(queue.take(within: 0.01) == nil)
  }

  @Test func onlySoManyWait() {
    let queue = BoundedQueue<Int>(limit: 2)
    let put = Atomic(0)
    #expect(
      BackgroundThread.start {
        for value in 0..<5 {
          _ = queue.put(value)
          put.wrappingAdd(1, ordering: .relaxed)
        }
      })
    usleep(100_000)
    #expect(put.load(ordering: .relaxed) == 2)
    #expect(queue.take(within: 1) == 0)
    usleep(100_000)
    #expect(put.load(ordering: .relaxed) == 3)
    for value in 1..<5 { #expect(queue.take(within: 1) == value) }
  }

  @Test func aClosedQueueHoldsNobody() {
    let queue = BoundedQueue<Int>(limit: 1)
    let refused = Atomic(0)
    for _ in 0..<3 {
      #expect(
        BackgroundThread.start {
          while queue.put(1) {}
          refused.wrappingAdd(1, ordering: .relaxed)
        })
    }
    usleep(50_000)
    queue.close()
    for _ in 0..<200 where refused.load(ordering: .relaxed) < 3 { usleep(5_000) }
    #expect(refused.load(ordering: .relaxed) == 3 && queue.isClosed)
  }

  /// A thread of its own gets no signals.
  @Test func signalsAreForOthers() {
    let blocked = Atomic(-1)
    #expect(
      BackgroundThread.start {
        var mask = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &mask)
        blocked.store(Int(sigismember(&mask, SIGINT)), ordering: .relaxed)
      })
    for _ in 0..<200 where blocked.load(ordering: .relaxed) < 0 { usleep(5_000) }
    #expect(blocked.load(ordering: .relaxed) == 1)
  }
}
