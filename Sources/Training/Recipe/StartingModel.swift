import Basics
import Neural
import Recognition
import Sound
import SystemPackage

/// A trained model that a training starts from, for people with few clips of their own words.
///
/// Features, normalisation, window and network are those of the model; the output layer is new but
/// for the classes that both know.
public struct StartingModel: Sendable {
  /// The model.
  public var model: KeywordModel
  /// How the person named it: a path, or the name of a `BuiltInModel`.
  public var name: String
  /// LSTM layers that keep their weights, from the first on.
  public var frozenLayers: Int

  /// What a person names for a training that starts from no model.
  public static let noName = "none"

  /// A start from `model`.
  public init(_ model: KeywordModel, name: String, frozenLayers: Int = 0) {
    (self.model, self.name, self.frozenLayers) = (model, name, frozenLayers)
  }

  /// The model that an earlier training started from.
  ///
  /// - Throws: `ModelError` where it is not there any more, or is another by now.
  init(_ record: Record) throws(ModelError) {
    let model = try Self.named(record.name)
    guard model.normalization == record.normalization else {
      throw .invalid(
        FilePath(record.name), problem: "it is not the model that the training started from")
    }
    self.init(model, name: record.name, frozenLayers: record.frozenLayers)
  }

  /// The model of a name that a recipe keeps: a model file, a run folder, or a built-in one.
  static func named(_ name: String) throws(ModelError) -> KeywordModel {
    if let builtIn = BuiltInModel(rawValue: name) { return try .builtIn(builtIn) }
    let path = FilePath(name)
    return try KeywordModel(contentsOf: isFolder(path) ? RunFolder(existing: path).model : path)
  }

  /// The part of it that a recipe keeps.
  var record: Record {
    Record(name: name, normalization: model.normalization, frozenLayers: frozenLayers)
  }

  /// What a resumed training must know of the start.
  struct Record: Codable, Equatable, Sendable {
    package var name: String
    var normalization: FeatureNormalization
    var frozenLayers: Int
  }

  /// `fresh` with the model's weights, as far as both have them.
  ///
  /// - Parameters:
  ///   - fresh: A network of the model's sizes, but for the number of classes.
  ///   - labels: (C), the names of its classes.
  /// - Returns: The network to begin with.
  func adopted(by fresh: Network<Float>, labels: [String]) -> Network<Float> {
    var network = fresh
    let known = model.network
    for entry in fresh.layout.entries where entry.role.group != .output {
      let source = known.layout[entry.role]
      precondition(source.shape == entry.shape, "\(entry.role): \(source.shape), \(entry.shape)")
      network.parameters.replaceSubrange(entry.range, with: known.parameters[source.range])
    }
    for (row, label) in labels.enumerated() {
      guard let other = model.labels.firstIndex(of: label) else { continue }
      for role in [ParameterRole.output(.weight), .output(.bias)] {
        let (target, source) = (fresh.layout[role], known.layout[role])
        let width = target.range.count / labels.count
        let from = source.range.lowerBound + other * width
        let to = target.range.lowerBound + row * width
        network.parameters.replaceSubrange(
          to..<to + width, with: known.parameters[from..<from + width])
      }
    }
    return network
  }
}
