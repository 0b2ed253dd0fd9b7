/// Joins the beginning of one clip and the end of another into a word that is in no class.
///
/// Both are cut at the middle of their energy, so that each contributes a part of its word, and
/// joined by a cross-fade.
///
/// - Parameters:
///   - first: The clip that gives its beginning.
///   - second: The clip that gives its end.
///   - crossfade: Length of the cross-fade, in samples.
/// - Returns: The samples of `first` before its middle and those of `second` after its middle.
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

/// The first or the second half of a word, cut at the middle of its energy.
package func halved(_ word: [Float], isFirst: Bool) -> [Float] {
  let middle = energyMiddle(word)
  return isFirst ? Array(word[..<middle]) : Array(word[middle...])
}

/// The index of the sample that divides the energy into two halves.
func energyMiddle(_ samples: [Float]) -> Int { energyIndex(samples, share: 0.5) }

/// The index of the sample before which lies a share of the energy; the end of a silent clip.
func energyIndex(_ samples: [Float], share: Double) -> Int {
  let wanted = Double(meanPower(samples)) * Double(samples.count) * share
  var passed = 0.0
  for (index, sample) in samples.enumerated() {
    passed += Double(sample * sample)
    if passed > wanted { return index }
  }
  return samples.count
}
