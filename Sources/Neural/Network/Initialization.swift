import Basics

extension Network {
  /// A network with random initial weights.
  ///
  /// Input weights are Xavier uniform for each gate (Glorot and Bengio 2010), recurrent weights
  /// orthogonal for each gate (Saxe and others 2013), so that at the start neither states nor
  /// gradients vanish or explode over time; the output layer is Xavier uniform. The forget bias is
  /// 1 (Jozefowicz and others 2015), stored in the input bias. Other biases and the parameters of
  /// the pooling are 0, so attention starts as the mean.
  @specialized(where Scalar == Float)
  public init(shape: NetworkShape, using generator: inout SeededGenerator) {
    self.init(
      shape: shape, parameters: Array(repeating: 0, count: ParameterLayout(shape).count))
    for entry in layout.entries {
      let start = entry.range.lowerBound
      switch entry.role {
      case .lstm(.inputWeights, _, _):
        for gate in 0..<4 {
          fillXavier(
            start + gate * shape.hidden * entry.columns, rows: shape.hidden,
            columns: entry.columns, using: &generator)
        }
      case .lstm(.recurrentWeights, _, _):
        for gate in 0..<4 {
          fillOrthogonal(
            start + gate * shape.hidden * shape.hidden, size: shape.hidden, using: &generator)
        }
      case .lstm(.inputBias, _, _):
        // The forget gate is the second of the four.
        for unit in shape.hidden..<2 * shape.hidden { parameters[start + unit] = 1 }
      case .output(.weight):
        fillXavier(start, rows: shape.classes, columns: shape.pooled, using: &generator)
      case .lstm(.recurrentBias, _, _), .pooling, .output(.bias):
        break
      }
    }
  }

  /// Fills with uniform numbers between -a and a, where a = sqrt(6 / (rows + columns)).
  private mutating func fillXavier(
    _ start: Int, rows: Int, columns: Int, using generator: inout SeededGenerator
  ) {
    let bound = (6 / Double(rows + columns)).squareRoot()
    for index in start..<start + rows * columns {
      parameters[index] = Scalar(generator.uniform(-bound, bound))
    }
  }

  /// Fills with rows from a normal distribution, each made orthogonal to the earlier rows and of
  /// length 1 (Gram and Schmidt, applied twice to keep rounding errors small).
  private mutating func fillOrthogonal(
    _ start: Int, size: Int, using generator: inout SeededGenerator
  ) {
    var rows: [[Double]] = []
    while rows.count < size {
      var row = (0..<size).map { _ in generator.normal() }
      for _ in 0..<2 {
        for other in rows {
          let projection = zip(row, other).reduce(0) { $0 + $1.0 * $1.1 }
          for index in row.indices { row[index] -= projection * other[index] }
        }
      }
      let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      // A row that is almost a combination of the earlier ones is drawn again.
      if length > 1e-6 { rows.append(row.map { $0 / length }) }
    }
    parameters.replaceSubrange(start..<start + size * size, with: rows.joined().map { Scalar($0) })
  }
}
