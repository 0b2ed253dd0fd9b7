/// The memory of one time step of n sequences.
///
/// `previousCell` may be the same memory as `cell` if no tape is kept for a backward pass.
struct LSTMStep<Scalar> {
  /// (n, 4H): input, forget, candidate, output.
  ///
  /// Before the step: the sums W x + U h. After it: the activations. After the backward step:
  /// dL/d(sums).
  let gates: Matrix<Scalar>
  /// (n, H): c of the frame read before.
  let previousCell: Matrix<Scalar>
  /// (n, H): c of this frame.
  let cell: Matrix<Scalar>
  /// (n, H): tanh(c).
  let cellActivation: Matrix<Scalar>
  /// (n, H): h of this frame.
  let hidden: Matrix<Scalar>

  /// Sequences (n).
  var rows: Int { cell.rows }
  /// Hidden units (H).
  var units: Int { cell.columns }
}

/// The long short-term memory cell (Hochreiter and Schmidhuber 1997, with the forget gate of Gers
/// and others 2000), written as its equations. Gate order as in PyTorch: i, f, g, o.
extension PlainKernels {
  func cellForward(_ step: LSTMStep<Scalar>, bias: Matrix<Scalar>) {
    let (i, f, g, o) = (0, step.units, 2 * step.units, 3 * step.units)
    for row in 0..<step.rows {
      for unit in 0..<step.units {
        let input = Scalar.logistic(step.gates[row, i + unit] + bias[0, i + unit])
        let forget = Scalar.logistic(step.gates[row, f + unit] + bias[0, f + unit])
        let candidate = Scalar.hyperbolicTangent(step.gates[row, g + unit] + bias[0, g + unit])
        let output = Scalar.logistic(step.gates[row, o + unit] + bias[0, o + unit])
        let cell = forget * step.previousCell[row, unit] + input * candidate
        let cellActivation = Scalar.hyperbolicTangent(cell)
        let hidden = output * cellActivation

        step.gates[row, i + unit] = input
        step.gates[row, f + unit] = forget
        step.gates[row, g + unit] = candidate
        step.gates[row, o + unit] = output
        step.cell[row, unit] = cell
        step.cellActivation[row, unit] = cellActivation
        step.hidden[row, unit] = hidden
      }
    }
  }

  func cellBackward(
    _ step: LSTMStep<Scalar>, hiddenGradient: Matrix<Scalar>, cellGradient: Matrix<Scalar>,
    biasGradient: Matrix<Scalar>
  ) {
    let (i, f, g, o) = (0, step.units, 2 * step.units, 3 * step.units)
    for row in 0..<step.rows {
      for unit in 0..<step.units {
        let input = step.gates[row, i + unit]
        let forget = step.gates[row, f + unit]
        let candidate = step.gates[row, g + unit]
        let output = step.gates[row, o + unit]
        let cellActivation = step.cellActivation[row, unit]
        let dHidden = hiddenGradient[row, unit]

        // forward: hidden = output * cellActivation
        let dOutput = dHidden * cellActivation
        let dCellActivation = dHidden * output
        // forward: cellActivation = tanh(cell), and cell is carried to the next frame
        let dCell =
          cellGradient[row, unit] + dCellActivation * (1 - cellActivation * cellActivation)
        // forward: cell = forget * previousCell + input * candidate
        let dForget = dCell * step.previousCell[row, unit]
        let dInput = dCell * candidate
        let dCandidate = dCell * input
        cellGradient[row, unit] = dCell * forget
        // forward: output = logistic(sum), forget and input likewise; candidate = tanh(sum)
        step.gates[row, i + unit] = dInput * input * (1 - input)
        step.gates[row, f + unit] = dForget * forget * (1 - forget)
        step.gates[row, g + unit] = dCandidate * (1 - candidate * candidate)
        step.gates[row, o + unit] = dOutput * output * (1 - output)
        // forward: sum = W x + U h + bias
        for gate in [i, f, g, o] {
          biasGradient[0, gate + unit] += step.gates[row, gate + unit]
        }
      }
    }
  }
}
