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

  /// The fold of each key, from 1.
  ///
  /// Keys are assigned from the most clips to the fewest, each to the fold with the fewest clips so
  /// far, so that folds are about equal; equal counts go by name.
  ///
  /// - Parameters:
  ///   - keys: The speaker of each clip, or its file name if the speaker is not known.
  ///   - count: Number of folds.
  /// - Returns: The fold of each key.
  package static func assignment(_ keys: [String], count: Int) -> [String: Int] {
    let clips = keys.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let order = clips.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
    var sizes = [Int](repeating: 0, count: count)
    return order.reduce(into: [:]) { folds, entry in
      let smallest = sizes.indices.min { sizes[$0] < sizes[$1] }!
      sizes[smallest] += entry.value
      folds[entry.key] = smallest + 1
    }
  }
}
