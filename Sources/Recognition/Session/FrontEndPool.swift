import Sound
import Synchronization

/// Front ends of one recipe, lent to one thread at a time: plans and tables are made once for each
/// thread, not for each clip or batch.
package final class FrontEndPool: Sendable {
  /// A front end on its way between threads; only the one that has it touches it.
  private struct Idle: @unchecked Sendable { var frontEnd: FrontEnd }

  /// A front end that nobody else has until this value's last use.
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

  /// Front ends with `options`, which have been checked, and `normalization`, if there is one yet.
  package init(_ options: FrontEndOptions, _ normalization: FeatureNormalization? = nil) {
    self.options = options
    self.normalization = normalization
  }

  /// A front end for as long as the caller keeps the loan.
  func loan() -> Loan { Loan(take(), of: self) }

  /// Gives `body` a front end that nobody else has.
  package func lend<Result, Failure: Error>(
    _ body: (FrontEnd) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let frontEnd = take()
    defer { giveBack(frontEnd) }
    return try body(frontEnd)
  }

  private func take() -> FrontEnd {
    // The options were checked when a recipe or model was made or read.
    idle.withLock { $0.popLast() }?.frontEnd
      ?? (try! FrontEnd(options, normalization: normalization))
  }

  private func giveBack(_ frontEnd: FrontEnd) {
    let idle = Idle(frontEnd: frontEnd)
    self.idle.withLock { $0.append(idle) }
  }
}
