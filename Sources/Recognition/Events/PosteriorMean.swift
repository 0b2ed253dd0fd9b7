/// The mean of the posteriors of the last windows, or of those that there are.
package struct PosteriorMean: Sendable {
  private let count: Int
  /// (up to `count`, C), the oldest first.
  private var recent: [[Float]] = []
  /// (C), of the windows so far; empty before the first.
  package private(set) var value: [Float] = []

  /// A mean over `count` windows.
  package init(of count: Int) { self.count = count }

  /// Takes in the posteriors of the next window, (C).
  package mutating func push(_ posteriors: [Float]) {
    guard count > 1 else { return value = posteriors }
    if recent.count == count { recent.removeFirst() }
    recent.append(posteriors)
    // Summed anew from the oldest on: a running sum would depend on what went before.
    var sum = [Float](repeating: 0, count: posteriors.count)
    for row in recent { for index in sum.indices { sum[index] += row[index] } }
    let windows = Float(recent.count)
    value = sum.map { $0 / windows }
  }
}
