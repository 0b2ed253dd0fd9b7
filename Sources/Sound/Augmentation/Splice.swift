/// The beginning of one clip and the end of another: a word that nobody taught.
///
/// Both are cut in the middle of their energy, so that each gives a part of what is spoken, and
/// joined by a cross-fade.
///
/// - Parameters:
///   - first: The clip that gives its beginning.
///   - second: The clip that gives its end.
///   - crossfade: Length of the cross-fade, in samples.
/// - Returns: As many samples as `first` gives before its middle and `second` after its own.
public func spliced(_ first: [Float], _ second: [Float], crossfade: Int) -> [Float] {
  let (end, start) = (energyMiddle(first), energyMiddle(second))
  let fade = min(crossfade, end, start)
  guard fade > 0 else { return Array(first[..<end] + second[start...]) }
  var joined = Array(first[..<end])
  for index in 0..<fade {
    let share = (Float(index) + 0.5) / Float(fade)
    joined[end - fade + index] =
      (1 - share) * first[end - fade + index] + share * second[start - fade + index]
  }
  return joined + second[start...]
}

/// The sample at which half of the energy has passed.
func energyMiddle(_ samples: [Float]) -> Int {
  let half = Double(meanPower(samples)) * Double(samples.count) / 2
  var passed = 0.0
  for (index, sample) in samples.enumerated() {
    passed += Double(sample * sample)
    if passed > half { return index }
  }
  return samples.count
}
