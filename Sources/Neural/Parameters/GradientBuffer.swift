import Basics

/// One sub-batch's gradients of all parameters: named members in one flat array.
///
/// Each tensor has the same place as among the parameters, but the LSTM's weights are stored
/// transposed, (F, 4H) and (H, 4H). So the products that sum them over all frames have rows of 4H
/// numbers, for any F and H.
final class GradientBuffer<Scalar: NeuralScalar> {
  /// The gradients of one direction of one layer.
  struct LSTM {
    /// (F, 4H).
    let inputWeights: Matrix<Scalar>
    /// (H, 4H).
    let recurrentWeights: Matrix<Scalar>
    /// (1, 4H).
    let inputBias: Matrix<Scalar>
    /// (1, 4H), always the same as `inputBias`.
    let recurrentBias: Matrix<Scalar>
  }

  /// Indexed by layer, then by direction.
  let lstm: [[LSTM]]
  /// The gradients of the pooling parts that have parameters.
  let pooling: [PoolingPart: LinearTensors<Scalar>]
  let output: LinearTensors<Scalar>

  private let layout: ParameterLayout
  /// (1, parameters).
  private let numbers: OwnedMatrix<Scalar>

  init(_ shape: NetworkShape) {
    let layout = ParameterLayout(shape)
    let numbers = OwnedMatrix<Scalar>(rows: 1, columns: layout.count)
    func matrix(_ role: ParameterRole) -> Matrix<Scalar> { numbers.view.matrix(layout[role]) }
    func linear(_ role: (ParameterRole.LinearParameter) -> ParameterRole) -> LinearTensors<Scalar> {
      LinearTensors(weight: matrix(role(.weight)), bias: matrix(role(.bias)))
    }
    lstm = (0..<shape.layers).map { layer in
      shape.directions.all.map { direction in
        LSTM(
          inputWeights: matrix(.lstm(.inputWeights, layer: layer, direction)),
          recurrentWeights: matrix(.lstm(.recurrentWeights, layer: layer, direction)),
          inputBias: matrix(.lstm(.inputBias, layer: layer, direction)),
          recurrentBias: matrix(.lstm(.recurrentBias, layer: layer, direction)))
      }
    }
    pooling = layout.poolingParts.reduce(into: [:]) { tensors, part in
      tensors[part] = linear { .pooling($0, part) }
    }
    output = linear { .output($0) }
    self.layout = layout
    self.numbers = numbers
  }

  /// Sets all gradients to zero.
  func clear() {
    numbers.view.clear()
  }

  /// The sum of all sub-batches' gradients, added in the order of the sub-batches, in the layout of the
  /// parameters.
  static func sum(_ subBatches: [GradientBuffer], threads: Int) -> [Scalar] {
    let layout = subBatches[0].layout
    return [Scalar](unsafeUninitializedCapacity: layout.count) { target, count in
      guard let sums = target.baseAddress else { return }
      // Each tensor is one part of the work, with its own range of the sums.
      _ = Parallel.map(layout.entries.count, threads: threads) { index, _ in
        let entry = layout.entries[index]
        for subBatch in subBatches[1...] { subBatches[0].add(subBatch, entry) }
        subBatches[0].copy(entry, to: sums + entry.range.lowerBound)
      }
      count = layout.count
    }
  }

  /// Adds the gradient of one tensor of another sub-batch of the same layout.
  private func add(_ other: GradientBuffer, _ entry: ParameterLayout.Entry) {
    // The range is valid for both, which have one layout; without bounds checks the loop is
    // vectorised.
    let (sums, terms) = (numbers.view.base, other.numbers.view.base)
    for index in entry.range { sums[index] += terms[index] }
  }

  /// Copies the gradient of one tensor to uninitialised memory, as PyTorch stores it.
  private func copy(_ entry: ParameterLayout.Entry, to target: UnsafeMutablePointer<Scalar>) {
    if entry.role.hasTransposedGradient {
      numbers.view.matrix(entry).transpose(
        into: Matrix(target, rows: entry.rows, columns: entry.columns))
    } else {
      target.initialize(from: numbers.view.base + entry.range.lowerBound, count: entry.range.count)
    }
  }
}

extension Matrix {
  /// One tensor's gradient in the row of all gradients, transposed if its role says so.
  fileprivate func matrix(_ entry: ParameterLayout.Entry) -> Matrix {
    let numbers = columns(entry.range)
    return entry.role.hasTransposedGradient
      ? Matrix(numbers.base, rows: entry.columns, columns: entry.rows)
      : Matrix(numbers.base, rows: entry.rows, columns: entry.columns)
  }
}
