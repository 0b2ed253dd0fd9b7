import TestSupport
import Testing

@testable import Basics
@testable import Neural
@testable import Recognition
@testable import Training

/// Training from a model that is there already.
@Suite struct StartingModelTests {
  private func base() throws -> KeywordModel { try TrainingFixture().run().model }

  /// Trains into `name`; the cells of the last epoch's row of metrics.csv.
  private func lastRow(_ fixture: TrainingFixture, _ name: String) throws -> [String: String] {
    _ = try fixture.run(name)
    let metrics = RunFolder(existing: fixture.folder[name]).metrics
    let text = String(decoding: try #require(TemporaryFolder.read(metrics)), as: UTF8.self)
    let rows = text.split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return Dictionary(uniqueKeysWithValues: zip(rows[0], rows[rows.count - 1]))
  }

  @Test func whatBothKnowIsTakenOver() throws {
    let base = try base()
    let start = StartingModel(base, name: "base")
    var generator = SeededGenerator(seed: 9)
    var shape = base.network.shape
    shape.classes = 4
    let fresh = Network<Float>(shape: shape, using: &generator)
    let labels = ["new", base.labels[1], "other", base.labels[0]]
    let network = start.adopted(by: fresh, labels: labels)
    for role in [
      ParameterRole.lstm(.recurrentWeights, layer: 0, .reverse), .pooling(.weight, .attention),
    ] {
      #expect(network[role] == base.network[role])
    }
    let (rows, known) = (
      Array(network[.output(.weight)]), Array(base.network[.output(.weight)])
    )
    let width = shape.pooled
    #expect(Array(rows[width..<2 * width]) == Array(known[width..<2 * width]))
    #expect(Array(rows[3 * width..<4 * width]) == Array(known[0..<width]))
    let drawn = Array(fresh[.output(.weight)])
    #expect(Array(rows[0..<width]) == Array(drawn[0..<width]))
    #expect(Array(network[.output(.bias)])[1] == Array(base.network[.output(.bias)])[1])
  }

  /// A step that was chosen with a rule for listening stays with that rule.
  @Test func theStepOfATunedRuleIsNotTakenOver() throws {
    var base = try base()
    let usual = base.window
    base.window.hopSeconds = usual.hopSeconds / 3
    var fixture = TrainingFixture()
    fixture.options.start = StartingModel(base, name: "base")
    #expect(try fixture.run().model.window == usual)
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
    for role in model.network.layout.entries.map(\.role)
    where role != .pooling(.bias, .attention) {
      #expect((model.network[role] == base.network[role]) == (role.layer != nil), "\(role)")
    }
    try fixture.interrupted("cut", afterSteps: 5)
    _ = try Training.resume(RunFolder(existing: fixture.folder["cut"]), threads: 1) { _ in }
    #expect(fixture.model("cut") == fixture.model("frozen"))
  }

  /// A frozen layer has no gradient, which is another thing than one of 0.
  @Test func frozenLayersHaveNoFigures() throws {
    var fixture = TrainingFixture()
    fixture.options.start = StartingModel(try base(), name: "base", frozenLayers: 1)
    let frozen = try lastRow(fixture, "frozen")
    #expect(
      frozen["gradient_norm_l0.input"] == "" && frozen["frame_gradient_l0_reverse_last"] == "")
    #expect(try #require(frozen["gradient_norm_output"].flatMap(Double.init)) > 0)
    fixture.options.start = StartingModel(try base(), name: "base")
    let free = try lastRow(fixture, "free")
    #expect(free.keys == frozen.keys && !free.values.contains(""))
  }

  /// A model that reads forward only stays one.
  @Test func directionsAreTakenOver() throws {
    var base = try base()
    var shape = base.network.shape
    shape.directions = .forward
    var generator = SeededGenerator(seed: 3)
    base.network = Network(shape: shape, using: &generator)
    var fixture = TrainingFixture()
    fixture.options.start = StartingModel(base, name: "base")
    let row = try lastRow(fixture, "forward")
    #expect(row["frame_gradient_l0_forward_last"] != nil)
    #expect(!row.keys.contains { $0.contains("reverse") })
    let folder = RunFolder(existing: fixture.folder["forward"])
    let trained = try KeywordModel(contentsOf: folder.model)
    #expect(trained.network.shape.directions == .forward)
    #expect(trained.network.parameters != base.network.parameters)
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
    #expect("\(fixture.failure()!)".contains("freeze must be 0 to"))
  }
}
