import Sound
import Synchronization

/// A pool of front ends with the same options, each lent to one thread at a time: plans and tables
/// are made once per thread, not per clip or batch.
package final class FrontEndPool: Sendable {
  /// A front end that no thread uses; the thread that takes it from the list owns it.
  private struct Idle: @unchecked Sendable { var frontEnd: FrontEnd }

  /// A front end that no other thread uses, returned after this value's last use.
  final class Loan {
    let frontEnd: FrontEnd
    private let pool: FrontEndPool

    fileprivate init(_ frontEnd: FrontEnd, of pool: FrontEndPool) {
      (self.frontEnd, self.pool) = (frontEnd, pool)
    }

    deinit { pool.giveBack(frontEnd) }
  }

  package let options: FrontEndOptions
  let normalization: FeatureNormalization?
  private let idle = Mutex<[Idle]>([])

  /// A pool with valid `options`, and `normalization` if there is one.
  package init(_ options: FrontEndOptions, _ normalization: FeatureNormalization? = nil) {
    self.options = options
    self.normalization = normalization
  }

  /// Lends a front end until the loan is released.
  func loan() -> Loan { Loan(take(), of: self) }

  /// Calls `body` with a front end that no other thread uses.
  package func lend<Result, Failure: Error>(
    _ body: (FrontEnd) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let frontEnd = take()
    defer { giveBack(frontEnd) }
    return try body(frontEnd)
  }

  private func take() -> FrontEnd {
    // The options were checked when the recipe or model was made or read.
    idle.withLock { $0.popLast() }?.frontEnd
      ?? (try! FrontEnd(options, normalization: normalization))
  }

  private func giveBack(_ frontEnd: FrontEnd) {
    let idle = Idle(frontEnd: frontEnd)
    self.idle.withLock { $0.append(idle) }
  }
}
