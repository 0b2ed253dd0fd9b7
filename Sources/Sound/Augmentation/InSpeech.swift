/// Puts a word into running speech, as it stands in a sentence.
///
/// The word's spoken part, with some of the pauses beside it, replaces the middle of the speech, which is
/// brought to a level near the word's; both edges are cross-faded.
///
/// - Parameters:
///   - word: The clip of a word, mono.
///   - speech: Running speech, mono.
///   - sampleRate: Of both, in Hz.
///   - generator: The source of random numbers; equal generators give equal clips.
/// - Returns: As many samples as the speech; the clip as it is where it needs all of them, or is silent.
package func inSpeech(
  _ word: [Float], speech: [Float], sampleRate: Int,
  using generator: inout some RandomNumberGenerator
) -> [Float] {
  let part = SpokenPart(word, sampleRate: sampleRate)
  let rate = Float(sampleRate)
  let pauses = (0..<2).map { _ in Int(generator.uniform(in: 0...longestPause) * rate) }
  let decibels = generator.uniform(in: -speechLevels...speechLevels)
  let kept =
    max(0, part.range.lowerBound - pauses[0])..<min(word.count, part.range.upperBound + pauses[1])
  guard part.level > 0, kept.count < speech.count else { return word }
  let level = SpokenPart(speech, sampleRate: sampleRate).level
  let gain = level > 0 ? part.level / level * amplitude(decibels: decibels) : 1
  let first = (speech.count - kept.count) / 2
  let fade = min(sampleRate / 100, kept.count / 2)
  var mixed = speech.map { $0 * gain }
  for index in 0..<kept.count {
    let edge = min(index, kept.count - 1 - index)
    let share = edge < fade ? (Float(edge) + 0.5) / Float(fade) : 1
    mixed[first + index] =
      (1 - share) * mixed[first + index] + share * word[kept.lowerBound + index]
  }
  return mixed
}

/// Longest pause between the word and the speech, in seconds.
private let longestPause: Float = 0.15
/// How far the speech may be louder or softer than the word, in dB.
private let speechLevels: Float = 6
