import Basics
import Neural
import Recognition
import SystemPackage

/// Trained models whose answers a training learns beside the labels, at each step on the same augmented
/// clips: distillation.
public struct Teachers: Sendable {
  /// The models, which know the same classes from the same features.
  public var models: [KeywordModel]
  /// How the person named them: paths, or names of built-in models.
  public var names: [String]
  /// Their share of the loss; the rest is that of the labels.
  public var share: Double
  /// What the logits of both sides are divided by: above 1, what the teachers find less likely counts more.
  public var temperature: Double

  /// The share that is used unless another is chosen.
  public static let standardShare = 0.7
  /// The temperature that is used unless another is chosen.
  public static let standardTemperature = 2.0

  /// Teachers by their names.
  public init(
    _ models: [KeywordModel], names: [String], share: Double = standardShare,
    temperature: Double = standardTemperature
  ) {
    (self.models, self.names) = (models, names)
    (self.share, self.temperature) = (share, temperature)
  }

  /// The teachers of an earlier training.
  ///
  /// - Throws: `ModelError` where one is not there any more, or is another by now.
  init(_ record: Record) throws(ModelError) {
    var models: [KeywordModel] = []
    for (name, hash) in zip(record.names, record.weights) {
      let model = try StartingModel.named(name)
      guard Self.hash(model) == hash else {
        throw .invalid(
          FilePath(name), problem: "it is not the model that the training learned from")
      }
      models.append(model)
    }
    self.init(
      models, names: record.names, share: record.share, temperature: record.temperature)
  }

  /// The part of them that a recipe keeps.
  var record: Record {
    Record(
      names: names, weights: models.map(Self.hash), share: share, temperature: temperature)
  }

  /// What a resumed training must know of its teachers.
  struct Record: Codable, Equatable, Sendable {
    var names: [String]
    /// `ContentHash` of each model's weights.
    var weights: [UInt64]
    var share: Double
    var temperature: Double
  }

  private static func hash(_ model: KeywordModel) -> UInt64 {
    ContentHash.of(model.network.parameters)
  }

  /// What makes them no teachers of a training, or nil.
  func problem(for recipe: TrainingRecipe, labels: [String]) -> OptionError? {
    for (name, model) in zip(names, models) {
      func unfit(_ problem: String) -> OptionError {
        .unfit(option: "teacher", value: name, problem: problem)
      }
      let missing = Set(labels).symmetricDifference(model.labels).sorted()
      if let first = missing.first {
        return unfit("its classes are not those of the dataset; '\(first)' is only on one side")
      }
      if model.frontEnd != recipe.frontEnd {
        return unfit("its features are made in another way than those of this training")
      }
    }
    return nil
  }
}

extension Teachers.Record {
  /// The options as `config.json` has them.
  var config: [(name: String, json: String)] {
    [
      (name: "teacher", json: "[" + names.map(JSONText.string).joined(separator: ", ") + "]"),
      (name: "teacher-share", json: "\(share)"),
      (name: "teacher-temperature", json: "\(temperature)"),
    ]
  }

  /// What is wrong with the numbers, or nil.
  var problem: OptionError? {
    if !(0...1).contains(share) {
      return .value(option: "teacher-share", value: "\(share)", mustBe: "0 to 1")
    }
    if !(0.1...100).contains(temperature) {
      return .value(option: "teacher-temperature", value: "\(temperature)", mustBe: "0.1 to 100")
    }
    return nil
  }
}
