/// A pooling part: turns the states of all frames into one vector per sequence.
///
/// A new part is a class in its own file, and its lines in Pooling.swift and PoolingPart+Layer.swift.
/// It is called through this protocol, so its methods need `@specialized(where Scalar == Float)`;
/// without it they run a hundred times slower.
protocol PoolingLayer<Scalar>: AnyObject {
  associatedtype Scalar: NeuralScalar

  /// A part for networks of this shape.
  init(_ shape: NetworkShape)

  /// Shapes of its parameters, as PyTorch stores them, for states of DH numbers; nil without
  /// parameters.
  static func parameters(states: Int) -> (weight: [Int], bias: [Int])?

  /// Computes `pooled` (B, DH) from `states` (T, B, DH); may store what `backward` needs.
  func forward(
    _ states: Frames<Scalar>, _ parameters: LinearTensors<Scalar>?, _ subBatch: SubBatch,
    pooled: Matrix<Scalar>)

  /// The backward pass from dL/dpooled (B, DH): adds to `stateGradients` (T, B, DH) and
  /// `gradients`.
  ///
  /// `states` and `pooled` are those of `forward`.
  func backward(
    _ pooledGradient: Matrix<Scalar>, pooled: Matrix<Scalar>, states: Frames<Scalar>,
    _ parameters: LinearTensors<Scalar>?, _ subBatch: SubBatch, stateGradients: Frames<Scalar>,
    gradients: LinearTensors<Scalar>?)
}

extension PoolingLayer {
  static func parameters(states: Int) -> (weight: [Int], bias: [Int])? { nil }
}

/// The parts of a pooling, whose vectors are concatenated.
struct PoolingParts<Scalar: NeuralScalar> {
  private let parts: [(part: PoolingPart, layer: any PoolingLayer<Scalar>)]
  private let states: Int

  init(_ shape: NetworkShape) {
    parts = shape.pooling.parts.map { ($0, $0.layer(of: Scalar.self).init(shape)) }
    states = shape.states
  }

  /// Computes `pooled` (B, P) from `states` (T, B, DH).
  func forward(
    _ states: Frames<Scalar>, _ weights: PackedWeights<Scalar>, _ subBatch: SubBatch,
    pooled: Matrix<Scalar>
  ) {
    for (index, (part, layer)) in parts.enumerated() {
      layer.forward(
        states, weights.pooling[part]?.view, subBatch, pooled: pooled.columns(columns(index)))
    }
  }

  /// The backward pass from dL/dpooled (B, P): adds to `stateGradients` (T, B, DH) and to the
  /// parts' gradients.
  func backward(
    _ pooledGradient: Matrix<Scalar>, pooled: Matrix<Scalar>, states: Frames<Scalar>,
    _ weights: PackedWeights<Scalar>, _ subBatch: SubBatch, stateGradients: Frames<Scalar>,
    gradients: GradientBuffer<Scalar>
  ) {
    for (index, (part, layer)) in parts.enumerated() {
      layer.backward(
        pooledGradient.columns(columns(index)), pooled: pooled.columns(columns(index)),
        states: states, weights.pooling[part]?.view, subBatch, stateGradients: stateGradients,
        gradients: gradients.pooling[part])
    }
  }

  /// The columns of part `index` in the pooled vector.
  private func columns(_ index: Int) -> Range<Int> { index * states..<(index + 1) * states }
}
