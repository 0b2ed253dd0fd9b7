extension PoolingPart {
  /// The class that computes this part.
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
