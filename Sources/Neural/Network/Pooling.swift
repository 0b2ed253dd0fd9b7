/// How the hidden states of all frames become one vector a sequence.
public enum Pooling: String, Codable, CaseIterable, Sendable {
  /// The last state of each reading direction (PyTorch's `h[-2]` and `h[-1]`), DH numbers.
  case last
  /// The mean over the frames, DH numbers.
  case mean
  /// A mean over the frames weighted by a learned, softmax-normalised score, DH numbers.
  case attention
  /// Both `attention` and `mean`, one after the other, 2DH numbers.
  case attentionMean = "attention+mean"

  /// The parts whose vectors stand one after the other in the pooled vector.
  var parts: [PoolingPart] {
    switch self {
    case .last: [.last]
    case .mean: [.mean]
    case .attention: [.attention]
    case .attentionMean: [.attention, .mean]
    }
  }
}

/// What makes one vector of DH numbers a sequence; under these names stand in files the parameters of
/// those that learn.
public enum PoolingPart: String, Hashable, Sendable {
  /// The last state of each direction.
  case last
  /// The mean over the frames.
  case mean
  /// A mean weighted by a learned score.
  case attention

  /// The code of this part.
  func layer<Scalar: NeuralScalar>(of type: Scalar.Type = Scalar.self) -> any PoolingLayer<
    Scalar
  >.Type {
    switch self {
    case .last: LastPooling<Scalar>.self
    case .mean: MeanPooling<Scalar>.self
    case .attention: AttentionPooling<Scalar>.self
    }
  }
}
