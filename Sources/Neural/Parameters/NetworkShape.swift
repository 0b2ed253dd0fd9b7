import Basics

/// The sizes of a network; shape and parameters together define it.
public struct NetworkShape: Equatable, Sendable {
  /// Number of features in an input frame (F).
  public var features: Int
  /// Hidden units of one direction of one layer (H).
  public var hidden: Int
  /// Number of stacked layers (L).
  public var layers: Int
  /// The directions in which every layer reads the frames (D, one or two).
  public var directions: Directions
  /// Number of classes (C).
  public var classes: Int
  /// How the frames become one vector.
  public var pooling: Pooling

  /// A shape with these sizes, each at least 1.
  public init(
    features: Int, hidden: Int, layers: Int, directions: Directions = .both, classes: Int,
    pooling: Pooling
  ) {
    self.features = features
    self.hidden = hidden
    self.layers = layers
    self.directions = directions
    self.classes = classes
    self.pooling = pooling
  }

  /// Numbers in a layer's state of one frame (DH): H for each direction.
  public var states: Int { directions.rawValue * hidden }

  /// Numbers in a pooled vector (P): DH for each part of the pooling.
  public var pooled: Int { pooling.parts.count * states }

  /// Size of the frames that layer `layer` reads: F for the first, DH for the others.
  public func inputs(ofLayer layer: Int) -> Int { layer == 0 ? features : states }
}

extension NetworkShape: Codable {
  /// The sizes as stored in files.
  package static let stored = StoredFields<NetworkShape>(
    "network",
    fields: [
      .number("features", \.features, in: 1...65_536),
      .number("hidden", \.hidden, in: 1...65_536),
      .number("layers", \.layers, in: 1...64),
      .choice("directions", \.directions, added: (inFormat: 2, before: .both)),
      .number("classes", \.classes, in: 1...65_536),
      .choice("pooling", \.pooling),
    ])

  /// Reads every key of its format.
  public init(from decoder: any Decoder) throws {
    self.init(features: 1, hidden: 1, layers: 1, classes: 1, pooling: .mean)
    try Self.stored.read(&self, from: decoder)
  }

  /// Writes every key of the oldest format that can hold the directions.
  public func encode(to encoder: any Encoder) throws {
    try Self.stored.write(self, to: encoder)
  }
}
