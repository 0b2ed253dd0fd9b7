/// One fold of a cross-validation: its speakers are tested on, all others are trained on.
///
/// There is no validation part, so the last epoch is kept, and no test speaker influences the
/// model.
public struct Fold: Codable, Equatable, Sendable {
  /// The number of the fold, from 1.
  public var index: Int
  /// The number of folds.
  public var count: Int

  /// The fold `index` of `count`.
  public init(_ index: Int, of count: Int) { (self.index, self.count) = (index, count) }

  /// What is wrong with the numbers, or nil.
  package var problem: String? {
    2...1_000 ~= count && 1...count ~= index
      ? nil : "a fold must be one of 2 to 1,000, not \(index) of \(count)"
  }
}
