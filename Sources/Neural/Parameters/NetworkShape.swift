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
  private enum CodingKeys: CodingKey {
    case features, hidden, layers, directions, classes, pooling
  }

  /// Old files without directions mean both directions.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      features: try values.decode(Int.self, forKey: .features),
      hidden: try values.decode(Int.self, forKey: .hidden),
      layers: try values.decode(Int.self, forKey: .layers),
      directions: try values.decodeIfPresent(Directions.self, forKey: .directions) ?? .both,
      classes: try values.decode(Int.self, forKey: .classes),
      pooling: try values.decode(Pooling.self, forKey: .pooling))
  }

  /// Both directions are stored without the key, as in old files, so such files keep their bytes.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(features, forKey: .features)
    try values.encode(hidden, forKey: .hidden)
    try values.encode(layers, forKey: .layers)
    if directions != .both { try values.encode(directions, forKey: .directions) }
    try values.encode(classes, forKey: .classes)
    try values.encode(pooling, forKey: .pooling)
  }
}
