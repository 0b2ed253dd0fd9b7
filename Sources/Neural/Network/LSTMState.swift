/// What one direction of one layer carries from frame to frame for one sequence: taken out after some
/// frames and put in before the next, it makes pieces give the very numbers of the whole.
public struct LSTMState<Scalar: NeuralScalar>: Codable, Equatable, Sendable {
  /// h, (H).
  public var hidden: [Scalar]
  /// c, (H).
  public var cell: [Scalar]

  /// A state from its parts, which have H numbers each.
  public init(hidden: [Scalar], cell: [Scalar]) {
    precondition(
      hidden.count == cell.count, "\(hidden.count) hidden states and \(cell.count) cells")
    self.hidden = hidden
    self.cell = cell
  }

  /// The state before the first frame.
  public static func zero(hidden: Int) -> LSTMState {
    let zeros = Array(repeating: Scalar.zero, count: hidden)
    return LSTMState(hidden: zeros, cell: zeros)
  }
}
