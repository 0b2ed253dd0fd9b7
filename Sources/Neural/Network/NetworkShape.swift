/// The sizes of a network; together with the parameters it is the whole network.
public struct NetworkShape: Equatable, Sendable {
  /// Numbers in a frame that comes in (F).
  public var features: Int
  /// Units of one direction of one layer (H).
  public var hidden: Int
  /// Layers on top of each other (L).
  public var layers: Int
  /// How every layer reads the frames (D directions, one or two).
  public var directions: Directions
  /// Numbers that come out (C).
  public var classes: Int
  /// From frames to one vector.
  public var pooling: Pooling

  /// A shape with the sizes given, each at least 1.
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

  /// Numbers in a layer's state of one frame (DH): H for each direction, side by side.
  public var states: Int { directions.rawValue * hidden }

  /// Numbers in a pooled vector (P): DH for each part of the pooling.
  public var pooled: Int { pooling.parts.count * states }

  /// Numbers in a frame that layer `layer` reads: F, or DH above the first.
  public func inputs(ofLayer layer: Int) -> Int { layer == 0 ? features : states }
}

extension NetworkShape: Codable {
  private enum CodingKeys: CodingKey {
    case features, hidden, layers, directions, classes, pooling
  }

  /// A shape without directions was stored before there were any but both.
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

  /// Both directions are stored as before there was a choice, so that such files keep their bytes.
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
