import Dispatch
import Synchronization
import Testing

@testable import Sound

/// Of long clips one at a time is in memory; short ones never wait.
@Suite(.serialized) struct LongClipTurnTests {
  /// One sample more than a short clip may have, 2^22.
  private let long = 1 << 22 + 1

  /// Each thread gives the others 20 ms to come in beside it, which they do where nothing holds
  /// them back.
  @Test func longClipsAreInMemoryOneAtATime() {
    let inside = Atomic(0)
    let together = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 3) { _ in
      let turn = LongClipTurn()
      turn.wait(count: long)
      // A clip that goes on growing has its turn already.
      turn.wait(count: 2 * long)
      together.max(inside.wrappingAdd(1, ordering: .relaxed).newValue, ordering: .relaxed)
      _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(20))
      inside.wrappingSubtract(1, ordering: .relaxed)
      withExtendedLifetime(turn) {}
    }
    #expect(together.load(ordering: .relaxed) == 1)
  }

  @Test func othersPassALongClip() {
    let holder = LongClipTurn()
    holder.wait(count: long)
    let passed = DispatchSemaphore(value: 0)
    DispatchQueue.global().async {
      LongClipTurn().wait(count: long - 1)
      LongClipTurn(isNeeded: false).wait(count: long)
      passed.signal()
    }
    #expect(passed.wait(timeout: .now() + 30) == .success)
    withExtendedLifetime(holder) {}
  }
}
