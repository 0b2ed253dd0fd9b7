/// The state of one direction of one layer between two frames of one sequence.
///
/// If it is taken out after some frames and put in before the next, a sequence in pieces gives the
/// same numbers as the whole.
public struct LSTMState<Scalar: NeuralScalar>: Equatable, Sendable {
  /// h, (H).
  public var hidden: [Scalar]
  /// c, (H).
  public var cell: [Scalar]

  /// Makes a state from its parts, which have H numbers each.
  public init(hidden: [Scalar], cell: [Scalar]) {
    precondition(
      hidden.count == cell.count, "\(hidden.count) hidden states and \(cell.count) cells")
    self.hidden = hidden
    self.cell = cell
  }

  /// The state before the first frame: zeros.
  public static func zero(hidden: Int) -> LSTMState {
    let zeros = Array(repeating: Scalar.zero, count: hidden)
    return LSTMState(hidden: zeros, cell: zeros)
  }
}
