import Basics
import Recognition
import Sound

extension DecodedParts {
  /// The most clips that are examined.
  private static let mostExamined = 500

  /// Says where the pauses beside the words make the window far longer than the words; nil where they do
  /// not.
  ///
  /// A long window is decided when the word is long over. With clips of up to 3 s of words of 0.7 s a window
  /// of 1.2 s found 80% of the words in sentences within 0.5 s, where one of 3 s found 4%.
  ///
  /// - Parameters:
  ///   - window: The window that the clips give.
  ///   - sampleRate: Of the clips, in Hz.
  /// - Returns: A sentence for people.
  /// - Throws: `FileError` if the clips can no longer be read.
  func remarkOfPauses(
    in window: ClipWindow, sampleRate: Int
  ) throws(FileError) -> String? {
    let words = training.filter {
      !$0.recording.isStream && ClassLabel.isKeyword($0.recording.label)
    }
    let count = min(words.count, Self.mostExamined)
    guard count > 0 else { return nil }
    var spoken: [Double] = []
    for place in 0..<count {
      let samples = try words[place * words.count / count].samples.read()
      let part = SpokenPart(samples, sampleRate: sampleRate)
      spoken.append(Double(part.range.count) / Double(sampleRate))
    }
    spoken.sort()
    let (half, most) = (spoken[count / 2], spoken[count * 3 / 4])
    let shorter = ((most + 0.1) * 10).rounded(.up) / 10
    guard max(2 * half, 1.5 * shorter) < window.maximumSeconds else { return nil }
    func seconds(_ value: Double) -> String { TextCell.fixed(value, 1) }
    return
      "pauses: the words' clips give a window of \(seconds(window.maximumSeconds)) s, but half of the "
      + "words take less than \(seconds(half)) s; to hear words in long recordings soon, train with "
      + "--max-clip-seconds \(seconds(shorter)) and recordings of talk (--negatives)"
  }
}
