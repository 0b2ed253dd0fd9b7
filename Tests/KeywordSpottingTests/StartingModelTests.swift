import Testing

@testable import Basics
@testable import Neural
@testable import Recognition
@testable import Training

/// Training from a model that is there already.
@Suite struct StartingModelTests {
  private func base() throws -> KeywordModel { try TrainingFixture().run().model }

  @Test func whatBothKnowIsTakenOver() throws {
    let base = try base()
    let start = StartingModel(base, name: "base")
    var generator = SeededGenerator(seed: 9)
    var shape = base.network.shape
    shape.classes = 4
    let fresh = Network<Float>(shape: shape, using: &generator)
    let labels = ["new", base.labels[1], "other", base.labels[0]]
    let network = start.adopted(by: fresh, labels: labels)
    func tensor(_ network: Network<Float>, _ name: String) -> [Float] {
      Array(network.parameters[network.layout.entry(named: name)!.range])
    }
    #expect(
      tensor(network, "lstm.weight_hh_l0_reverse")
        == tensor(base.network, "lstm.weight_hh_l0_reverse"))
    #expect(tensor(network, "attention.weight") == tensor(base.network, "attention.weight"))
    let (rows, known) = (tensor(network, "output.weight"), tensor(base.network, "output.weight"))
    let width = shape.pooled
    #expect(Array(rows[width..<2 * width]) == Array(known[width..<2 * width]))
    #expect(Array(rows[3 * width..<4 * width]) == Array(known[0..<width]))
    let drawn = tensor(fresh, "output.weight")
    #expect(Array(rows[0..<width]) == Array(drawn[0..<width]))
    #expect(tensor(network, "output.bias")[1] == tensor(base.network, "output.bias")[1])
  }

  /// Frozen layers keep their bytes, weight decay or not; the rest moves.
  ///
  /// A resumed training ends
  /// with the same model.
  @Test func frozenLayersStay() throws {
    let base = try base()
    var fixture = TrainingFixture()
    fixture.options.start = StartingModel(base, name: "base", frozenLayers: 1)
    let model = try fixture.run("frozen").model
    #expect(model.frontEnd == base.frontEnd && model.normalization == base.normalization)
    // A softmax over frames does not feel its bias, so that never moves.
    for entry in model.network.layout.entries where entry.name != "attention.bias" {
      let (new, old) = (model.network.parameters[entry.range], base.network.parameters[entry.range])
      #expect((Array(new) == Array(old)) == entry.name.hasPrefix("lstm."), "\(entry.name)")
    }
    try fixture.interrupted("cut", afterSteps: 5)
    _ = try Training.resume(RunFolder(existing: fixture.folder["cut"]), threads: 1) { _ in }
    #expect(fixture.model("cut") == fixture.model("frozen"))
  }

  @Test func aStartFearsFewVoicesLess() throws {
    func recipe(_ start: StartingModel?) -> TrainingRecipe {
      var options = TrainingOptions(threads: 1)
      options.start = start
      return TrainingRecipe(
        options,
        for: TrainingDataSize(
          keywordClips: 60, hasUnknown: false, usualSeconds: 1, sampleRate: 8_000))
    }
    let start = StartingModel(try base(), name: "base")
    #expect(recipe(start).dropout == 0.35 && recipe(nil).dropout == 0.45)
    #expect(recipe(start).epochs == recipe(nil).epochs)
    #expect(recipe(start).learningRate == recipe(nil).learningRate)
  }

  @Test func moreLayersThanThereAreCannotBeFrozen() throws {
    var fixture = TrainingFixture()
    fixture.options.start = StartingModel(try base(), name: "base", frozenLayers: 2)
    #expect("\(fixture.failure()!)".contains("--freeze"))
  }
}
