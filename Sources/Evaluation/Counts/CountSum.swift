/// Sums of counts that nobody vouches for.
enum CountSum {
  /// The sum; nil where it lies above `limit`, or a count lies below 0.
  static func of(_ counts: some Sequence<Int>, atMost limit: Int) -> Int? {
    var sum = 0
    for count in counts {
      guard count >= 0, count <= limit - sum else { return nil }
      sum += count
    }
    return sum
  }
}
