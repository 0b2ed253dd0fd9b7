import Basics

/// Sounds of the same voice that are no word, made of two clips of words: the first reversed, its
/// beginning and its end alone, its quarters in another order (twice), and joined with the second.
///
/// - Parameters:
///   - word: A clip of a word.
///   - other: A clip of another word.
///   - sampleRate: In Hz.
///   - generator: The source of random numbers.
/// - Returns: Seven sounds, none longer than both clips together.
package func soundsMade(
  of word: [Float], and other: [Float], sampleRate: Int, using generator: inout SeededGenerator
) -> [[Float]] {
  let fade = sampleRate / 100
  let silence = [Float](repeating: 0, count: word.count)
  return [
    word.reversed(), spliced(word, silence, crossfade: fade),
    spliced(silence, word, crossfade: fade),
    shuffled(word, fade: fade, using: &generator), shuffled(word, fade: fade, using: &generator),
    spliced(word, other, crossfade: fade), spliced(other, word, crossfade: fade),
  ]
}

/// The quarters of what is spoken in another order, each faded in and out.
private func shuffled(
  _ samples: [Float], fade: Int, using generator: inout SeededGenerator
) -> [Float] {
  let (start, end) = (energyIndex(samples, share: 0.01), energyIndex(samples, share: 0.99))
  let length = (end - start) / 4
  guard length > 2 * fade else { return samples.reversed() }
  var order = [0, 1, 2, 3]
  while order == [0, 1, 2, 3] { generator.shuffle(&order) }
  var result = samples
  for (place, quarter) in order.enumerated() {
    for index in 0..<length {
      let gain = min(1, Float(min(index, length - 1 - index)) / Float(max(1, fade)))
      result[start + place * length + index] = gain * samples[start + quarter * length + index]
    }
  }
  return result
}
