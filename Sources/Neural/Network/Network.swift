/// An LSTM classifier: its shape and its parameters.
public struct Network<Scalar: NeuralScalar>: Sendable {
  /// The sizes.
  public let shape: NetworkShape
  /// The place of each tensor in `parameters`.
  public let layout: ParameterLayout
  /// All tensors, flat.
  public var parameters: [Scalar] {
    didSet {
      Self.check(count: parameters.count, layout)
      rowScales = [:]
    }
  }
  /// The scales (rows) of each matrix that is in 8 bits: a row holds -128 to 127 times its scale.
  ///
  /// A change of the parameters leaves none in 8 bits.
  package private(set) var rowScales: [ParameterRole: [Scalar]]

  /// A network with given parameters, in the order of `ParameterLayout`.
  public init(shape: NetworkShape, parameters: [Scalar]) {
    self.init(shape: shape, parameters: parameters, rowScales: [:])
  }

  /// A network some of whose matrices are in 8 bits.
  package init(
    shape: NetworkShape, parameters: [Scalar], rowScales: [ParameterRole: [Scalar]]
  ) {
    layout = ParameterLayout(shape)
    Self.check(count: parameters.count, layout)
    self.shape = shape
    self.parameters = parameters
    self.rowScales = rowScales
  }

  /// The numbers of the tensor with this role, row-major.
  ///
  /// - Precondition: There is one.
  public subscript(role: ParameterRole) -> ArraySlice<Scalar> {
    get { parameters[layout[role].range] }
    set { parameters.replaceSubrange(layout[role].range, with: newValue) }
  }

  private static func check(count: Int, _ layout: ParameterLayout) {
    precondition(count == layout.count, "\(count) parameters for a layout of \(layout.count)")
  }
}

extension Network {
  /// Calls `body` with the tensor of this role, read-only; a vector is a matrix of one row.
  func withMatrix<Result>(
    _ role: ParameterRole, _ body: (Matrix<Scalar>) -> Result
  ) -> Result {
    let entry = layout[role]
    return parameters.withUnsafeBufferPointer { numbers in
      // A layout has no empty tensor, so `baseAddress` is not nil.
      body(
        Matrix(
          UnsafeMutablePointer(mutating: numbers.baseAddress!) + entry.range.lowerBound,
          rows: entry.rows, columns: entry.columns))
    }
  }
}
