/// One shard's gradients of all parameters, laid out as the parameters are.
final class GradientBuffer<Scalar: NeuralScalar> {
  /// (1, parameters).
  private let numbers: Frames<Scalar>
  private let layout: ParameterLayout

  init(_ layout: ParameterLayout) {
    self.layout = layout
    numbers = Frames(rows: 1, columns: layout.count)
  }

  /// All of them, in the order of the layout.
  var flat: UnsafeBufferPointer<Scalar> {
    UnsafeBufferPointer(start: numbers[0].base, count: layout.count)
  }

  func clear() {
    numbers[0].clear()
  }

  /// The tensor `name`, a vector as one row.
  subscript(_ name: String) -> Matrix<Scalar> {
    guard let entry = layout.entry(named: name) else {
      preconditionFailure("no gradient of \(name)")
    }
    return Matrix(
      numbers[0].base + entry.range.lowerBound, rows: entry.isMatrix ? entry.shape[0] : 1,
      columns: entry.shape.last ?? 1)
  }

  /// The tensors of one direction of layer `layer`.
  subscript(layer: Int, direction: Direction) -> LayerGradients<Scalar> {
    let suffix = "_l\(layer)\(direction.suffix)"
    return LayerGradients(
      inputWeights: self["lstm.weight_ih" + suffix],
      recurrentWeights: self["lstm.weight_hh" + suffix],
      inputBias: self["lstm.bias_ih" + suffix],
      recurrentBias: self["lstm.bias_hh" + suffix])
  }
}
