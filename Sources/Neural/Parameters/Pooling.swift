/// How the hidden states of all frames become one vector per sequence.
public enum Pooling: String, Codable, CaseIterable, Sendable {
  /// The last state of each reading direction (PyTorch's `h[-2]` and `h[-1]`), DH numbers.
  case last
  /// The mean over the frames, DH numbers.
  case mean
  /// A mean over the frames weighted by a learned, softmax-normalised score, DH numbers.
  case attention
  /// `attention` and `mean` concatenated, 2DH numbers.
  case attentionMean = "attention+mean"

  /// The parts whose vectors are concatenated in the pooled vector.
  package var parts: [PoolingPart] {
    switch self {
    case .last: [.last]
    case .mean: [.mean]
    case .attention: [.attention]
    case .attentionMean: [.attention, .mean]
    }
  }
}

/// A part of a pooling, which gives one vector of DH numbers per sequence.
///
/// The raw values are the names of its parameters in files.
public enum PoolingPart: String, Hashable, Sendable {
  /// The last state of each direction.
  case last
  /// The mean over the frames.
  case mean
  /// A mean weighted by a learned score.
  case attention
}
