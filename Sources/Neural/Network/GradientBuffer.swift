import Basics

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
    /// (1, 4H).
    let inputBias: Matrix<Scalar>
    /// (1, 4H), always the same as `inputBias`.
    let recurrentBias: Matrix<Scalar>
  }

  private let layout: ParameterLayout
  /// (1, parameters).
  private let numbers: OwnedMatrix<Scalar>

  init(_ layout: ParameterLayout) {
    self.layout = layout
    numbers = OwnedMatrix(rows: 1, columns: layout.count)
  }

  /// Makes all gradients zero.
  func clear() {
    numbers.view.clear()
  }

  /// The gradients of one direction of layer `layer`.
  subscript(layer: Int, direction: Direction) -> Layer {
    let suffix = "_l\(layer)\(direction.suffix)"
    return Layer(
      inputWeights: transposed("lstm.weight_ih" + suffix),
      recurrentWeights: transposed("lstm.weight_hh" + suffix),
      inputBias: self["lstm.bias_ih" + suffix],
      recurrentBias: self["lstm.bias_hh" + suffix])
  }

  /// The gradient of a tensor that does not stand transposed; a vector is one row.
  subscript(_ name: String) -> Matrix<Scalar> {
    let entry = entry(name)
    return matrix(
      entry, rows: entry.isMatrix ? entry.shape[0] : 1, columns: entry.shape[entry.shape.count - 1])
  }

  /// The sum over all shards' gradients, added in their order, as the parameters lie.
  static func sum(_ shards: [GradientBuffer], threads: Int) -> [Scalar] {
    let layout = shards[0].layout
    return [Scalar](unsafeUninitializedCapacity: layout.count) { target, count in
      guard let sums = target.baseAddress else { return }
      // Every tensor is a part of the work, and has its own place in the sums.
      _ = Parallel.map(layout.entries.count, threads: threads) { index, _ in
        let entry = layout.entries[index]
        for shard in shards[1...] { shards[0].add(shard, entry) }
        shards[0].copy(entry, to: sums + entry.range.lowerBound)
      }
      count = layout.count
    }
  }

  /// Adds the gradient of one tensor of another shard.
  private func add(_ other: GradientBuffer, _ entry: ParameterLayout.Entry) {
    let (sums, terms) = (numbers.view.base, other.numbers.view.base)
    for index in entry.range { sums[index] += terms[index] }
  }

  /// Copies the gradient of one tensor to uninitialised memory, as PyTorch stores it.
  private func copy(_ entry: ParameterLayout.Entry, to target: UnsafeMutablePointer<Scalar>) {
    if entry.name.hasPrefix("lstm.weight") {
      transposed(entry.name).transpose(
        into: Matrix(target, rows: entry.shape[0], columns: entry.shape[1]))
    } else {
      target.initialize(from: numbers.view.base + entry.range.lowerBound, count: entry.range.count)
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
    Matrix(numbers.view.base + entry.range.lowerBound, rows: rows, columns: columns)
  }
}
