import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Neural
@testable import Recognition
@testable import Sound
@testable import Training

/// Training from what other models answer.
@Suite struct TeacherTests {
  private func teacher(seed: UInt64 = 7) throws -> KeywordModel {
    var fixture = TrainingFixture()
    fixture.options.seed = seed
    return try fixture.run().model
  }

  /// The mean of the teachers' softened answers, whatever the order of their classes and their
  /// normalisation.
  @Test func theTargetsAreTheMeanOfTheAnswers() throws {
    let (first, second) = (try teacher(), try teacher(seed: 8))
    let width = first.network.shape.features
    let raw = (0..<5 * width).map { Float($0 % 7) - 3 }
    let normalization = FeatureNormalization(
      mean: (0..<width).map { Float($0) }, deviation: (0..<width).map { Float($0 % 3) + 1 })
    let labels = Array(first.labels.reversed())
    let panel = TeacherPanel(
      Teachers([first, second], names: ["a", "b"], share: 0.25, temperature: 4), labels: labels,
      normalization: normalization, threads: 1)
    func normalized(_ rule: FeatureNormalization) -> SequenceBatch<Float> {
      var features = Features(frameCount: 5, featureCount: width, values: raw)
      rule.apply(to: &features)
      return SequenceBatch(featureCount: width, sequences: [features.values])
    }
    let found = panel.targets(normalized(normalization))
    #expect(found.share == 0.25 && found.temperature == 4)
    let expected = [first, second].map { model in
      let logits = Inference(model.network, threads: 1).logits(normalized(model.normalization))[0]
      return softmax(labels.map { logits[model.labels.firstIndex(of: $0)!] / 4 })
    }
    for (index, value) in found.probabilities[0].enumerated() {
      #expect(abs(value - (expected[0][index] + expected[1][index]) / 2) < 1e-5)
    }
  }

  /// The posteriors of "low" and "mid" for a clip of each.
  private func answers(_ model: KeywordModel, _ fixture: TrainingFixture) throws -> [Float] {
    try ["low", "mid"].map { word in
      let path = try #require(try AudioFiles.some(below: fixture.data.appending(word)).first)
      let found = try Classifier(model, threads: 1).classify([.file(path)])[0].get()
      return found.probabilities[model.labels.firstIndex(of: word)!]
    }
  }

  /// With all of the loss theirs, a student is about as unsure as its teacher.
  ///
  /// A teacher that takes one word for the other teaches nothing, so that the labels do, which are sure.
  @Test func aStudentLearnsWhatItsTeacherAnswersRightly() throws {
    var fixture = TrainingFixture()
    fixture.options.epochs = 30
    var teacher = try fixture.run("teacher").model
    for role in [ParameterRole.output(.weight), .output(.bias)] {
      for index in teacher.network.layout[role].range { teacher.network.parameters[index] *= 0.5 }
    }
    let unsure = try answers(teacher, fixture)
    func student(_ teacher: KeywordModel, _ name: String) throws -> [Float] {
      fixture.options.teachers = Teachers([teacher], names: ["t"], share: 1, temperature: 1)
      // The labels choose the best epoch, so the last one is looked at.
      _ = try fixture.run(name)
      return try answers(
        KeywordModel(contentsOf: fixture.folder[name].appending("last.safetensors")), fixture)
    }
    let taught = try student(teacher, "student")
    #expect(zip(taught, unsure).allSatisfy { abs($0 - $1) < 0.2 }, "\(taught) \(unsure)")
    teacher.labels.swapAt(
      teacher.labels.firstIndex(of: "low")!, teacher.labels.firstIndex(of: "mid")!)
    let other = try student(teacher, "other")
    #expect(zip(taught, other).allSatisfy { $0 < $1 - 0.2 }, "\(taught) \(other)")
  }

  @Test(arguments: [2, 9]) func aTrainingWithThemIsResumed(_ steps: Int) throws {
    var fixture = TrainingFixture()
    let path = fixture.folder["teacher.safetensors"]
    var teacher = try teacher()
    try teacher.write(to: path)
    fixture.options.teachers = Teachers([teacher], names: [path.string])
    let whole = try fixture.run("whole")
    // The student knows the clips that the teacher has met.
    #expect(whole.model.history.trained.clips.count >= teacher.history.trained.clips.count)
    let config = try #require(TemporaryFolder.text(fixture.folder["whole/config.json"]))
    #expect(
      config.contains("\"teacher\": [\"") && config.contains("\"teacher-share\": 0.7")
        && config.contains("\"teacher-temperature\": 2.0"))
    try fixture.interrupted("cut", afterSteps: steps)
    _ = try Training.resume(RunFolder(existing: fixture.folder["cut"]), threads: 1) { _ in }
    #expect(fixture.model("cut") == fixture.model("whole"))
    // Another teacher by the same name is refused.
    try fixture.interrupted("again", afterSteps: steps)
    teacher.network.parameters[0] += 1
    try teacher.write(to: path)
    #expect("\(try #require(fixture.resumeFailure("again")))".contains("it is not the model"))
    fixture.options.teachers = nil
    _ = try fixture.run("alone")
    #expect(fixture.model("alone") != fixture.model("whole"))
  }

  @Test func whoCannotTeachIsNamed() throws {
    let teacher = try teacher()
    var fixture = TrainingFixture(words: 3)
    fixture.options.teachers = Teachers([teacher], names: ["t"])
    #expect(
      "\(try #require(fixture.failure()))".contains("its classes are not those of the dataset"))
    var other = TrainingFixture()
    other.options.teachers = Teachers([teacher], names: ["t"])
    let adjust = other.options.adjustFrontEnd
    other.options.adjustFrontEnd = {
      adjust(&$0)
      $0.melBands = 20
    }
    #expect("\(try #require(other.failure()))".contains("its features are made in another way"))
    other.options.adjustFrontEnd = adjust
    other.options.folds = .speaker
    #expect("\(try #require(other.failure()))".contains("speakers of every fold"))
    other.options.folds = .bySize
    for (share, temperature) in [(1.5, 2.0), (0.5, 0)] {
      other.options.teachers = Teachers(
        [teacher], names: ["t"], share: share, temperature: temperature)
      #expect("\(try #require(other.failure()))".contains("must be"))
    }
  }
}
