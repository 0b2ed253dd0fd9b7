/// A matrix as whole numbers of 8 bits with a scale for each row: w = scale * q, q from -127 to 127.
package struct QuantizedRows {
  /// (rows, columns).
  package let values: [Int8]
  /// (rows), above 0.
  package let scales: [Float]
  private let columns: Int

  /// Rounds each number to the nearest step of its row.
  package init(_ matrix: ArraySlice<Float>, rows: Int) {
    let columns = matrix.count / rows
    self.columns = columns
    var values: [Int8] = []
    values.reserveCapacity(matrix.count)
    scales = (0..<rows).map { row in
      let numbers = matrix[
        matrix.startIndex + row * columns..<matrix.startIndex + (row + 1) * columns]
      let largest = numbers.reduce(0) { max($0, abs($1)) }
      // A row of zeros needs no step, and one that is too small for a step is one of zeros.
      let scale = largest / 127 > .leastNormalMagnitude ? largest / 127 : 1
      values += numbers.map { Int8(max(-127, min(127, ($0 / scale).rounded()))) }
      return scale
    }
    self.values = values
  }

  /// A matrix whose rows are whole multiples of `scales`.
  init(_ matrix: ArraySlice<Float>, scales: [Float]) {
    let columns = matrix.count / scales.count
    self.columns = columns
    self.scales = scales
    values = matrix.enumerated().map { Int8(($0.element / scales[$0.offset / columns]).rounded()) }
  }

  /// (rows, columns): what the whole numbers stand for.
  package var restored: [Float] {
    values.enumerated().map { scales[$0.offset / columns] * Float($0.element) }
  }
}

extension Network<Float> {
  /// A matrix in 8 bits: its own numbers if it is, else rounded.
  package func quantized(_ entry: ParameterLayout.Entry) -> QuantizedRows {
    if let scales = rowScales[entry.role] {
      return QuantizedRows(self[entry.role], scales: scales)
    }
    return QuantizedRows(self[entry.role], rows: entry.shape[0])
  }

  /// The same network with the weights of its LSTM layers rounded to 8 bits by row; biases, pooling
  /// and output stay.
  ///
  /// Products are of floats.
  package var withRoundedWeights: Network<Float> {
    var rounded = self
    for entry in layout.entries where entry.role.isRounded {
      rounded[entry.role] = QuantizedRows(self[entry.role], rows: entry.shape[0]).restored[...]
    }
    return rounded
  }

  /// Whether matrices are in 8 bits, and products with them of whole numbers.
  package var isInt8: Bool { !rowScales.isEmpty }

  /// The same weights with all products of floats.
  package var withFloatProducts: Network<Float> { Network(shape: shape, parameters: parameters) }
}

extension ParameterRole {
  /// Whether 8 bits hold this tensor where weights are rounded: the matrices of the LSTM layers, which
  /// are nearly all of a network.
  package var isRounded: Bool { layer != nil && isWeight }
}
