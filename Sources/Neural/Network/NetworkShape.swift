/// How the hidden states of all frames become one vector a sequence.
public enum Pooling: String, Codable, CaseIterable, Sendable {
  /// The last state of each reading direction (PyTorch's `h[-2]` and `h[-1]`), 2H numbers.
  case last
  /// The mean over the frames, 2H numbers.
  case mean
  /// A mean over the frames weighted by a learned, softmax-normalised score, 2H numbers.
  case attention
  /// Both `attention` and `mean`, one after the other, 4H numbers.
  case attentionMean = "attention+mean"

  /// Whether there is a learned score.
  public var usesAttention: Bool { self == .attention || self == .attentionMean }
}

/// The sizes of a network; together with the parameters it is the whole network.
public struct NetworkShape: Codable, Equatable, Sendable {
  /// Numbers in a frame that comes in (F).
  public var features: Int
  /// Units of one direction of one layer (H).
  public var hidden: Int
  /// Bidirectional layers on top of each other (L).
  public var layers: Int
  /// Numbers that come out (C).
  public var classes: Int
  /// From frames to one vector.
  public var pooling: Pooling

  /// A shape with the sizes given, each at least 1.
  public init(features: Int, hidden: Int, layers: Int, classes: Int, pooling: Pooling) {
    self.features = features
    self.hidden = hidden
    self.layers = layers
    self.classes = classes
    self.pooling = pooling
  }

  /// Numbers in a pooled vector (P): 2H, or 4H for attention and mean together.
  public var pooled: Int { (pooling == .attentionMean ? 4 : 2) * hidden }

  /// Numbers in a frame that layer `layer` reads: F, or 2H above the first.
  public func inputs(ofLayer layer: Int) -> Int { layer == 0 ? features : 2 * hidden }
}
