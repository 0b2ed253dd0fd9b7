import CNeural

/// The C kernels for one instruction set; every size is checked before a C function gets a pointer.
struct FloatKernels: Kernels, @unchecked Sendable {  // Addresses of functions without state.
  /// The functions in C.
  let table: kws_kernels

  /// The fastest kernels for this processor.
  static let best = FloatKernels(table: kws_best_kernels())

  /// All kernels that this processor can run, slowest first; for the tests.
  static var all: [FloatKernels] {
    (0...).lazy.map { kws_kernels_at($0) }.prefix { $0 != nil }.compactMap {
      $0.map { FloatKernels(table: $0.pointee) }
    } + [best]
  }

  private init(table: kws_kernels) {
    self.table = table
  }

  /// The instruction set, or the name of the BLAS library.
  var name: String { String(cString: table.name) }

  /// Multiplies and adds in registers for a number of rounds; returns the number of floating-point
  /// operations.
  func multiplyAdds(rounds: Int) -> Int {
    let result = table.multiply_adds(rounds)
    precondition(result.isFinite, "multiply-adds gave \(result)")
    return rounds * table.operations_a_round
  }

  func multiply(
    _ a: Matrix<Float>, _ b: PackedMatrix<Float>, into c: Matrix<Float>, accumulating: Bool
  ) {
    check((a.rows, a.columns), (b.depth, b.columns), into: c)
    var product = kws_product(
      rows: c.rows, columns: c.columns, depth: b.depth,
      a: a.base, a_row_stride: a.stride, a_depth_stride: 1,
      b: b.base, b_depth_stride: PackedMatrix<Float>.panelColumns,
      b_panel_stride: b.depth * PackedMatrix<Float>.panelColumns,
      c: c.base, c_row_stride: c.stride, accumulates: accumulating)
    table.multiply(&product)
  }

  /// Checks the shapes of a product.
  private func check(
    _ a: (rows: Int, columns: Int), _ b: (rows: Int, columns: Int), into c: Matrix<Float>
  ) {
    precondition(
      a.rows == c.rows && a.columns == b.rows && b.columns == c.columns,
      "\((a.rows, a.columns)) \((b.rows, b.columns)) into \((c.rows, c.columns))")
  }

  func round(_ a: Matrix<Float>, into rounded: RoundedRows<Float>) {
    rounded.reshape(rows: a.rows, columns: a.columns)
    for row in 0..<a.rows {
      rounded.scales[row] = table.round_row(
        a.start(ofRow: row), rounded.base + row * rounded.stride, a.columns)
    }
  }

  func multiply(
    _ a: RoundedRows<Float>, _ b: Int8Matrix<Float>, into c: Matrix<Float>, accumulating: Bool
  ) {
    check((a.rows, a.columns), (b.depth, b.columns), into: c)
    var product = kws_int8_product(
      rows: c.rows, columns: c.columns, depth: b.depth,
      a: a.base, a_row_stride: a.stride, a_scales: a.scales,
      b: b.numbers.view.base, b_scales: b.scales.view.base, b_sums: b.sums.view.base,
      c: c.base, c_row_stride: c.stride, accumulates: accumulating)
    table.multiply_int8(&product)
  }

  func multiplyTransposed(
    _ a: Matrix<Float>, _ b: Matrix<Float>, addingTo c: Matrix<Float>
  ) {
    precondition(
      a.rows == b.rows && a.columns == c.rows && b.columns == c.columns,
      "(\(a.rows), \(a.columns))^T (\(b.rows), \(b.columns)) into (\(c.rows), \(c.columns))")
    var product = kws_product(
      rows: c.rows, columns: c.columns, depth: a.rows,
      a: a.base, a_row_stride: 1, a_depth_stride: a.stride,
      b: b.base, b_depth_stride: b.stride, b_panel_stride: PackedMatrix<Float>.panelColumns,
      c: c.base, c_row_stride: c.stride, accumulates: true)
    table.multiply(&product)
  }

  func cellForward(_ step: LSTMStep<Float>, bias: Matrix<Float>) {
    bias.expect(rows: 1, columns: 4 * step.units)
    var cStep = step.forC
    table.cell_forward(&cStep, bias.base)
  }

  func cellBackward(
    _ step: LSTMStep<Float>, hiddenGradient: Matrix<Float>, cellGradient: Matrix<Float>,
    biasGradient: Matrix<Float>
  ) {
    hiddenGradient.expect(rows: step.rows, columns: step.units)
    cellGradient.expect(rows: step.rows, columns: step.units)
    biasGradient.expect(rows: 1, columns: 4 * step.units)
    var cStep = step.forC
    table.cell_backward(
      &cStep, hiddenGradient.base, hiddenGradient.stride, cellGradient.base, cellGradient.stride,
      biasGradient.base)
  }

  func addRow(
    _ row: Int, of source: Matrix<Float>, times scale: Float, toRow sumRow: Int,
    of sums: Matrix<Float>
  ) {
    precondition(
      source.columns == sums.columns, "\(source.columns) numbers added to \(sums.columns)")
    table.add_scaled(source.start(ofRow: row), scale, sums.start(ofRow: sumRow), sums.columns)
  }

  func drop(row: Int, of numbers: Matrix<Float>, place: UInt64, threshold: UInt32, scale: Float) {
    table.drop(numbers.start(ofRow: row), numbers.columns, place, threshold, scale)
  }

  /// Nine times as fast as the Swift version, whose square root branches.
  func adamStep(
    _ parameters: inout [Float], _ gradients: [Float], means: inout [Float],
    squares: inout [Float], in range: Range<Int>, _ rates: AdamRates<Float>
  ) {
    let counts = [parameters.count, gradients.count, means.count, squares.count]
    precondition(
      range.lowerBound >= 0 && counts.allSatisfy { range.upperBound <= $0 },
      "parameters \(range) of \(counts)")
    parameters.withUnsafeMutableBufferPointer { parameters in
      gradients.withUnsafeBufferPointer { gradients in
        means.withUnsafeMutableBufferPointer { means in
          squares.withUnsafeMutableBufferPointer { squares in
            guard let parameters = parameters.baseAddress, let gradients = gradients.baseAddress,
              let means = means.baseAddress, let squares = squares.baseAddress
            else { return }
            let first = range.lowerBound
            var adam = kws_adam(
              count: range.count, parameters: parameters + first, gradients: gradients + first,
              means: means + first, squares: squares + first, mean_rate: rates.mean,
              square_rate: rates.square, step: rates.step, root_scale: rates.rootScale,
              epsilon: rates.epsilon, shrink: rates.shrink, pull: rates.pull)
            table.adam(&adam)
          }
        }
      }
    }
  }
}

extension FloatKernels: CustomStringConvertible {
  var description: String { name }
}

extension LSTMStep where Scalar == Float {
  fileprivate var forC: kws_cell_step {
    gates.expect(rows: rows, columns: 4 * units)
    previousCell.expect(rows: rows, columns: units)
    cellActivation.expect(rows: rows, columns: units)
    hidden.expect(rows: rows, columns: units)
    return kws_cell_step(
      rows: rows, units: units, gates: gates.base, gates_stride: gates.stride,
      previous_cell: previousCell.base, previous_cell_stride: previousCell.stride,
      cell: cell.base, cell_stride: cell.stride,
      cell_activation: cellActivation.base, cell_activation_stride: cellActivation.stride,
      hidden: hidden.base, hidden_stride: hidden.stride)
  }
}
