import Basics
import Neural
import Recognition
import Sound

extension PreparedData {
  /// Clips of words that sounds are made of, at most.
  private static let mostClips = 100
  /// Share of the made sounds that the threshold lets pass.
  ///
  /// They are of the speakers' own voices and parts of their words, so far fewer other words pass.
  /// Chosen on Speech Commands with three words of six clips, started from the built-in model: 5% of
  /// other words pass, and 8% without a model to start from, where 0.5 lets 37% and 85% pass; of the
  /// words' clips 81% and 61% are then answered rightly.
  private static let passingShare = 0.4
  /// The threshold lies between these.
  private static let bounds: ClosedRange<Float> = 0.5...0.95
  /// Share of the words' own clips that may lie below it.
  private static let mostRefused = 0.15

  /// Chooses the threshold of a model that was trained without clips of other words, by sounds made of
  /// its words; leaves it where they cannot be told from the words, as of steady sounds.
  func chooseThreshold(of model: inout KeywordModel, threads: Int) throws(FileError) {
    guard !labels.contains(ClassLabel.unknown) else { return }
    let words = clips.filter { ClassLabel.isKeyword($0.recording.label) }
    let count = min(words.count, Self.mostClips)
    let taken = (0..<count).map { words[$0 * words.count / count] }
    var generator = streams.madeSounds
    var own: [[Float]] = []
    var made: [[Float]] = []
    for clip in taken {
      let others = taken.filter { $0.recording.label != clip.recording.label }
      guard !others.isEmpty else { continue }
      let other = others[generator.integer(below: others.count)]
      let samples = try clip.samples.read()
      own.append(samples)
      made += soundsMade(
        of: samples, and: try other.samples.read(), sampleRate: recipe.frontEnd.sampleRate,
        using: &generator)
    }
    model.record.madeSounds = nil
    let scores = Self.scores(made, by: model, threads: threads).sorted(by: >)
    guard !scores.isEmpty else { return }
    let threshold = min(
      max(scores[Int(Self.passingShare * Double(scores.count))], Self.bounds.lowerBound),
      Self.bounds.upperBound)
    let ownScores = Self.scores(own, by: model, threads: threads)
    let refused = ownScores.count { $0 < threshold }
    guard Double(refused) <= Self.mostRefused * Double(ownScores.count) else { return }
    model.decision.threshold = threshold
    model.record.madeSounds = MadeSounds(
      count: scores.count, accepted: scores.count { $0 >= threshold }, threshold: threshold)
  }

  /// The probability of the likeliest class where that is a keyword, else 0, of each sound.
  private static func scores(
    _ sounds: [[Float]], by model: KeywordModel, threads: Int
  ) -> [Float] {
    let sources = sounds.map {
      ClipSource.clip(Clip(samples: $0, sampleRate: model.frontEnd.sampleRate))
    }
    return Classifier(model, threads: threads).classify(sources).map { result in
      guard case .success(let answer) = result else { return 0 }
      let index = argmax(answer.probabilities)
      return ClassLabel.isKeyword(model.labels[index]) ? answer.probabilities[index] : 0
    }
  }
}
