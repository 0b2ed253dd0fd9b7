@testable import Basics
@testable import Neural
@testable import Recognition
@testable import Sound
@testable import Statistics

/// A small untrained model whose parts agree.
enum ModelFixture {
  static func model(
    labels: [String] = ["no", "yes", "_unknown_", "_silence_"], hidden: Int = 3, layers: Int = 1,
    directions: Directions = .both, pooling: Pooling = .attentionMean,
    trained: [UInt64] = [1 << 20, 2 << 20, 3 << 20]
  ) -> KeywordModel {
    var frontEnd = FrontEndOptions(preset: .kws, sampleRate: 8_000)
    // As in the recorded file.
    frontEnd.hopMilliseconds = 10
    (frontEnd.coefficients, frontEnd.deltaOrder) = (40, 0)
    let features = try! FrontEnd(frontEnd).featureCount
    var generator = SeededGenerator(seed: 5)
    let shape = NetworkShape(
      features: features, hidden: hidden, layers: layers, directions: directions,
      classes: labels.count, pooling: pooling)
    var history = ClipHistory()
    history.trained.clips = ClipSet(trained)
    return KeywordModel(
      labels: labels, frontEnd: frontEnd,
      normalization: FeatureNormalization(
        mean: (0..<features).map(Float.init), deviation: (0..<features).map { 1 + Float($0) }),
      window: ClipWindow(minimumSeconds: 0.25, maximumSeconds: 1, hopSeconds: 0.25),
      decision: Decision(),
      record: TrainingRecord(
        program: "0.0.0", dataset: "words", options: DatasetOptions(),
        clips: ["training": ["no": 2, "yes": 1]], speakers: 2, seed: 7, epochs: 3, bestEpoch: 2,
        validation: Estimate.accuracy(correct: 9, of: 10), test: nil),
      history: history,
      network: Network(shape: shape, using: &generator))
  }
}
