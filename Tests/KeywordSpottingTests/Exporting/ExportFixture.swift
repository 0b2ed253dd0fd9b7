import TestSupport

@testable import Basics
@testable import Neural
@testable import Recognition
@testable import Sound

/// Models and sounds for the tests of exports.
enum ExportFixture {
  /// Tones that change, with hiss.
  static func samples(_ count: Int, seed: UInt64) -> [Float] {
    let parts = ToneDataset.words.indices.map { word in
      ToneDataset.tone(
        ToneDataset.words[word].pitch, seconds: 2, seed: seed &+ UInt64(word))
    }
    return (0..<count).map { parts[$0 / 700 % parts.count][$0] }
  }

  /// A model whose posteriors are far from even, so that a wrong number shows.
  static func model(
    layers: Int = 1, directions: Directions = .both, pooling: Pooling = .attentionMean,
    frontEnd: FrontEndOptions? = nil
  ) -> KeywordModel {
    var model = ModelFixture.model(
      hidden: 5, layers: layers, directions: directions, pooling: pooling)
    if let frontEnd {
      model.frontEnd = frontEnd
      // As many frames as the slopes of every preset need.
      model.window.minimumSeconds = 0.7
      var generator = SeededGenerator(seed: 5)
      var shape = model.network.shape
      shape.features = frontEnd.featureCount
      model.network = Network(shape: shape, using: &generator)
    }
    model.network.parameters = model.network.parameters.map { 3 * $0 }
    model.decision.temperature = 0.4
    model.decision.prior = ClassPrior(
      trained: ["no": 0.1, "yes": 0.2, "_unknown_": 0.5, "_silence_": 0.2], target: .equal)
    model.rule.prior = .trained
    var learned = FeatureNormalization.Accumulator(featureCount: model.frontEnd.featureCount)
    let plain = try! FrontEnd(model.frontEnd)
    for seed in 10..<14 as Range<UInt64> {
      learned.add(try! plain.features(of: samples(8_000, seed: seed)))
    }
    model.normalization = learned.normalization()
    return model
  }
}
