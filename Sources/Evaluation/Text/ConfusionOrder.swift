/// An order of the classes that puts confused classes next to each other.
enum ConfusionOrder {
  /// Indices of the classes.
  ///
  /// Pairs of classes are joined into chains, the most confused pair first (by the mean of its two
  /// rates). The longest chains come first; classes without confusions keep their order at the end.
  static func order(_ confusion: [[Int]]) -> [Int] {
    let rates = confusion.map { row in
      let total = row.reduce(0, +)
      return row.map { total == 0 ? 0 : Double($0) / Double(total) }
    }
    var pairs: [(first: Int, second: Int, rate: Double)] = []
    for first in confusion.indices {
      for second in confusion.indices where second > first {
        let rate = rates[first][second] + rates[second][first]
        if rate > 0 { pairs.append((first, second, rate)) }
      }
    }
    pairs.sort { ($1.rate, $0.first, $0.second) < ($0.rate, $1.first, $1.second) }
    var chains = confusion.indices.map { [$0] }
    for pair in pairs {
      let left = chains.firstIndex { $0.first == pair.first || $0.last == pair.first }
      let right = chains.firstIndex { $0.first == pair.second || $0.last == pair.second }
      guard let left, let right, left != right else { continue }
      // The two ends that are joined meet in the middle.
      var head = chains[left]
      var tail = chains[right]
      if head.last != pair.first { head.reverse() }
      if tail.first != pair.second { tail.reverse() }
      chains[min(left, right)] = head + tail
      chains.remove(at: max(left, right))
    }
    return chains.enumerated()
      .sorted { (-$0.element.count, $0.offset) < (-$1.element.count, $1.offset) }
      .flatMap(\.element)
  }
}
