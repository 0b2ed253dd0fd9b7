import Sound
import Synchronization

/// Front ends of one recipe, lent to one thread at a time: plans and tables are made once for each
/// thread, not for each clip or batch.
package final class FrontEndPool: Sendable {
  /// A front end on its way between threads; only the one that has it touches it.
  private struct Idle: @unchecked Sendable { var frontEnd: FrontEnd }

  package let options: FrontEndOptions
  let normalization: FeatureNormalization?
  private let idle = Mutex<[Idle]>([])

  /// Front ends with `options`, which have been checked, and `normalization`, if there is one yet.
  package init(_ options: FrontEndOptions, _ normalization: FeatureNormalization? = nil) {
    self.options = options
    self.normalization = normalization
  }

  /// Gives `body` a front end that nobody else has.
  package func lend<Result, Failure: Error>(
    _ body: (FrontEnd) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // The options were checked when a recipe or model was made or read.
    let lent =
      idle.withLock { $0.popLast() }
      ?? Idle(frontEnd: try! FrontEnd(options, normalization: normalization))
    defer { idle.withLock { $0.append(lent) } }
    return try body(lent.frontEnd)
  }
}
