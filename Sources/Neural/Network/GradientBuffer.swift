/// One shard's gradients of all parameters.
///
/// Each tensor has the place that it has among the parameters, but the LSTM's weights stand there
/// transposed, (F, 4H) and (H, 4H): so the products that sum them over all frames run along rows of
/// 4H numbers, whatever F and H are.
final class GradientBuffer<Scalar: NeuralScalar> {
  /// Where the gradients of one direction of one layer are collected.
  struct Layer {
    /// (F, 4H).
    let inputWeights: Matrix<Scalar>
    /// (H, 4H).
    let recurrentWeights: Matrix<Scalar>
    /// (1, 4H), of either bias.
    let bias: Matrix<Scalar>
  }

  private let layout: ParameterLayout
  /// (1, parameters).
  private let numbers: Frames<Scalar>

  init(_ layout: ParameterLayout) {
    self.layout = layout
    numbers = Frames(rows: 1, columns: layout.count)
  }

  /// Makes all gradients zero.
  func clear() {
    numbers[0].clear()
  }

  /// The gradients of one direction of layer `layer`.
  subscript(layer: Int, direction: Direction) -> Layer {
    let suffix = "_l\(layer)\(direction.suffix)"
    return Layer(
      inputWeights: transposed("lstm.weight_ih" + suffix),
      recurrentWeights: transposed("lstm.weight_hh" + suffix),
      bias: self["lstm.bias_ih" + suffix])
  }

  /// The gradient of a tensor that does not stand transposed; a vector is one row.
  subscript(_ name: String) -> Matrix<Scalar> {
    let entry = entry(name)
    return matrix(
      entry, rows: entry.isMatrix ? entry.shape[0] : 1, columns: entry.shape[entry.shape.count - 1])
  }

  /// Adds the gradients of another shard.
  func add(_ other: GradientBuffer) {
    let (sums, terms) = (numbers[0].base, other.numbers[0].base)
    for index in 0..<layout.count { sums[index] += terms[index] }
  }

  /// All gradients as the parameters lie.
  func flat() -> [Scalar] {
    [Scalar](unsafeUninitializedCapacity: layout.count) { target, count in
      guard let base = target.baseAddress else { return }
      for entry in layout.entries {
        let place = base + entry.range.lowerBound
        if entry.name.hasPrefix("lstm.weight") {
          transposed(entry.name).transpose(
            into: Matrix(place, rows: entry.shape[0], columns: entry.shape[1]))
        } else {
          let source = self.entry(
            entry.name.replacing(prefix: "lstm.bias_hh", with: "lstm.bias_ih"))
          place.initialize(
            from: numbers[0].base + source.range.lowerBound, count: entry.range.count)
        }
      }
      count = layout.count
    }
  }

  private func entry(_ name: String) -> ParameterLayout.Entry {
    guard let entry = layout.entry(named: name) else {
      preconditionFailure("no gradient of \(name)")
    }
    return entry
  }

  private func transposed(_ name: String) -> Matrix<Scalar> {
    let entry = entry(name)
    return matrix(entry, rows: entry.shape[1], columns: entry.shape[0])
  }

  private func matrix(_ entry: ParameterLayout.Entry, rows: Int, columns: Int) -> Matrix<Scalar> {
    Matrix(numbers[0].base + entry.range.lowerBound, rows: rows, columns: columns)
  }
}

extension String {
  /// The string with its prefix exchanged, if it has it.
  fileprivate func replacing(prefix: String, with other: String) -> String {
    hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
  }
}
