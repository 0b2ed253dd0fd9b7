/// The mean of the posteriors of the last `count` windows, or of all windows if there are fewer.
package struct PosteriorMean: Sendable {
  private let count: Int
  /// The last windows, (up to `count`, C), the oldest first.
  private var recent: [[Float]] = []
  /// The mean, (C); empty before the first window.
  package private(set) var value: [Float] = []

  /// A mean over `count` windows.
  package init(of count: Int) { self.count = count }

  /// Adds the posteriors of the next window, (C).
  package mutating func push(_ posteriors: [Float]) {
    guard count > 1 else { return value = posteriors }
    if recent.count == count { recent.removeFirst() }
    recent.append(posteriors)
    // Summed again from the oldest on: rounding in a running sum would depend on earlier windows.
    var sum = [Float](repeating: 0, count: posteriors.count)
    for row in recent { for index in sum.indices { sum[index] += row[index] } }
    let windows = Float(recent.count)
    value = sum.map { $0 / windows }
  }
}
