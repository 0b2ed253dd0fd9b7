import Basics

/// The kernels as plain loops: used for `Double`, and as the reference for the fast ones in tests.
///
/// The cell's equations are in LSTMCell.swift.
struct PlainKernels<Scalar: NeuralScalar>: Kernels {
  func multiply(
    _ a: Matrix<Scalar>, _ b: PackedMatrix<Scalar>, into c: Matrix<Scalar>, accumulating: Bool
  ) {
    for row in 0..<c.rows {
      for column in 0..<c.columns {
        var sum = accumulating ? c[row, column] : 0
        for k in 0..<b.depth { sum += a[row, k] * b[k, column] }
        c[row, column] = sum
      }
    }
  }

  func round(_ a: Matrix<Scalar>, into rounded: RoundedRows<Scalar>) {
    rounded.reshape(rows: a.rows, columns: a.columns)
    for row in 0..<a.rows {
      let largest = a.row(row).reduce(0) { max($0, abs($1)) }
      let isZero = largest <= 1e-30
      let steps = isZero ? 0 : 127 / largest
      rounded.scales[row] = isZero ? 0 : largest / 127
      for column in 0..<a.columns {
        rounded[row, column] = Int((a[row, column] * steps).rounded(.toNearestOrEven))
      }
    }
  }

  func multiply(
    _ a: RoundedRows<Scalar>, _ b: Int8Matrix<Scalar>, into c: Matrix<Scalar>, accumulating: Bool
  ) {
    for row in 0..<c.rows {
      for column in 0..<c.columns {
        let sum = (0..<b.depth).reduce(0) { $0 + a[row, $1] * b[$1, column] }
        let product = Scalar(sum) * (a.scales[row] * b.scales.view[0, column])
        c[row, column] = accumulating ? c[row, column] + product : product
      }
    }
  }

  func multiplyTransposed(_ a: Matrix<Scalar>, _ b: Matrix<Scalar>, addingTo c: Matrix<Scalar>) {
    for row in 0..<c.rows {
      for column in 0..<c.columns {
        var sum = c[row, column]
        for k in 0..<a.rows { sum += a[k, row] * b[k, column] }
        c[row, column] = sum
      }
    }
  }

  func addRow(
    _ row: Int, of source: Matrix<Scalar>, times scale: Scalar, toRow sumRow: Int,
    of sums: Matrix<Scalar>
  ) {
    for column in 0..<sums.columns { sums[sumRow, column] += scale * source[row, column] }
  }

  /// One draw of 64 bits serves four numbers.
  func drop(
    row: Int, of numbers: Matrix<Scalar>, place: UInt64, threshold: UInt32, scale: Scalar
  ) {
    for first in stride(from: 0, to: numbers.columns, by: 4) {
      var bits = SplitMix64.mix(place &+ UInt64(first) &* SplitMix64.increment)
      for column in first..<min(first + 4, numbers.columns) {
        numbers[row, column] *= bits & 0xFFFF < UInt64(threshold) ? 0 : scale
        bits >>= 16
      }
    }
  }

  func adamStep(
    _ parameters: inout [Scalar], _ gradients: [Scalar], means: inout [Scalar],
    squares: inout [Scalar], in range: Range<Int>, _ rates: AdamRates<Scalar>
  ) {
    for index in range {
      let parameter = parameters[index] * rates.shrink
      let gradient = gradients[index] + rates.pull * parameter
      means[index] += rates.mean * (gradient - means[index])
      squares[index] += rates.square * (gradient * gradient - squares[index])
      let root = squares[index].squareRoot() * rates.rootScale + rates.epsilon
      parameters[index] = parameter - rates.step * means[index] / root
    }
  }
}
