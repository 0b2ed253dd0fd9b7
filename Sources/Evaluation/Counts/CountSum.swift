/// Checked sums of counts from a file.
enum CountSum {
  /// The sum; nil if it is above `limit` or a count is below 0.
  static func of(_ counts: some Sequence<Int>, atMost limit: Int) -> Int? {
    var sum = 0
    for count in counts {
      guard count >= 0, count <= limit - sum else { return nil }
      sum += count
    }
    return sum
  }
}
