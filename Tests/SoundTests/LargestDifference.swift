/// The largest distance between two rows of numbers.
///
/// NaN, which is within no tolerance, where one of them holds it, where their lengths differ, and
/// where there is nothing to compare: `max()` would pass over a NaN that does not come first.
func largestDifference(_ ours: some Collection<Float>, _ theirs: some Collection<Float>) -> Float {
  guard ours.count == theirs.count, !ours.isEmpty else { return .nan }
  var largest: Float = 0
  for (one, other) in zip(ours, theirs) {
    let difference = abs(one - other)
    if difference.isNaN { return .nan }
    largest = max(largest, difference)
  }
  return largest
}
