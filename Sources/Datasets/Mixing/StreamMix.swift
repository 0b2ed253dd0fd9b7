import Basics
import Sound
import SystemPackage

/// A test stream: clips of words in a row, speech without them between, noise under all of it.
///
/// Words and speech are brought to one level. The same options give the same bytes.
public struct StreamMix: Sendable {
  /// Clips of words.
  public var words: [Recording]
  /// Recordings of speech in which none of the words is said; empty leaves pauses.
  public var speech: [FilePath]
  /// Noise; empty generates it.
  public var noise: [NoiseRecording]
  /// Level of the words over the noise, in dB.
  public var signalToNoise = 10.0
  /// Mean time between two words, in seconds; each is drawn between half and one and a half of it.
  public var gapSeconds = 5.0
  /// Rate of the stream, in Hz.
  public var sampleRate = 16_000
  /// Decides every draw.
  public var seed: UInt64 = 0

  /// Of words that are spoken, root mean square; 26 dB below full scale.
  static let level: Float = 0.05
  /// At either end of what is put in, in seconds, it rises and falls.
  private static let fade = 0.01
  /// Between a word and speech, in seconds.
  private static let pause = 0.2

  /// Words, the speech between them and the noise under both.
  public init(_ words: [Recording], speech: [FilePath], noise: [NoiseRecording]) {
    (self.words, self.speech, self.noise) = (words, speech, noise)
  }

  /// What was written.
  public struct Outcome: Sendable {
    /// The words with their times, in order.
    public var labels: [LabelledWord]
    /// Length of the stream, in seconds.
    public var seconds: Double
    /// How often the speech was too short and was started again.
    public var rounds: Int
    /// Clips and recordings that could not be read.
    public var skipped: [SkippedClip]
  }

  /// Writes the stream as a WAV file, and beside it the labels as a table.
  ///
  /// - Parameters:
  ///   - path: The stream.
  ///   - table: The labels: path, start, end and label.
  ///   - reader: Reads at the stream's rate.
  ///   - progress: Called with the number of words that are done.
  /// - Returns: What was written.
  /// - Throws: `FileError`.
  public func write(
    to path: FilePath, labels table: FilePath, reader: ClipReader,
    progress: (Int) -> Void = { _ in }
  ) throws(FileError) -> Outcome {
    let file = try PartialFile(path)
    try AtomicFile.check(table)
    var source = MixSource(self, reader: reader)
    var outcome = Outcome(labels: [], seconds: 0, rounds: 0, skipped: [])
    var count = 0
    try file.append(WaveFile.header(sampleCount: 0, sampleRate: sampleRate))
    func append(_ samples: [Float]) throws(FileError) {
      try file.append(WaveFile.data(source.noisy(samples)))
      count += samples.count
    }
    for (index, word) in source.order.enumerated() {
      try append(gap(&source))
      if let clip = source.word(word) {
        let part = SpokenPart(clip, sampleRate: sampleRate)
        func time(_ sample: Int) -> Double { Double(count + sample) / Double(sampleRate) }
        outcome.labels.append(
          LabelledWord(
            label: words[word].label,
            seconds: time(part.range.lowerBound)...time(part.range.upperBound)))
        try append(faded(leveled(clip, part)))
      }
      progress(index + 1)
    }
    try append(gap(&source))
    try file.replaceBegin(with: WaveFile.header(sampleCount: count, sampleRate: sampleRate))
    try file.commit()
    let rows = outcome.labels.map { word in
      [PathBytes(path.bytes.fileName).displayName]
        + [word.seconds.lowerBound, word.seconds.upperBound].map { TextCell.fixed($0, 4) }
        + [word.label]
    }
    try AtomicFile.write(
      CSVCell.table([["path", "start", "end", "label"]] + rows), to: table)
    outcome.seconds = Double(count) / Double(sampleRate)
    (outcome.rounds, outcome.skipped) = (source.rounds, source.skipped)
    return outcome
  }

  /// The longest stream that these words can give, in samples: what a file must have room for.
  package var mostSamples: Double {
    let gaps = Double(words.count + 1) * 1.5 * gapSeconds
    return (gaps + Double(words.count) * 60) * Double(sampleRate)
  }

  /// What stands between two words: speech between two pauses.
  private func gap(_ source: inout MixSource) -> [Float] {
    let seconds = source.generator.uniform(0.5, 1.5) * gapSeconds
    let length = Int(seconds * Double(sampleRate))
    let pause = min(length / 2, Int(Self.pause * Double(sampleRate)))
    let silence = [Float](repeating: 0, count: pause)
    return silence + faded(source.speech(length - 2 * pause)) + silence
  }

  private func leveled(_ samples: [Float], _ part: SpokenPart) -> [Float] {
    guard part.level > 0 else { return samples }
    let factor = Self.level / part.level
    return samples.map { $0 * factor }
  }

  private func faded(_ samples: [Float]) -> [Float] {
    let length = min(samples.count / 2, Int(Self.fade * Double(sampleRate)))
    var faded = samples
    for index in 0..<length {
      let factor = Float(index) / Float(length)
      faded[index] *= factor
      faded[samples.count - 1 - index] *= factor
    }
    return faded
  }
}
