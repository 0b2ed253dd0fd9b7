/// Chooses the window that gives a clip's answer.
package enum BestWindow {
  /// The window with the highest posterior of a keyword; the first of equal ones.
  ///
  /// - Parameters:
  ///   - probabilities: (windows, C).
  ///   - isKeyword: (C), false for silence and unknown.
  /// - Returns: An index into `probabilities`.
  package static func index(_ probabilities: [[Float]], isKeyword: [Bool]) -> Int {
    let sureness = probabilities.map { row in
      zip(row, isKeyword).lazy.filter(\.1).map(\.0).max() ?? 0
    }
    var best = 0
    for index in sureness.indices where sureness[index] > sureness[best] { best = index }
    return best
  }
}
