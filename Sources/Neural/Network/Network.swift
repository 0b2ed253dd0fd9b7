/// A bidirectional LSTM classifier: its shape and its numbers.
public struct Network<Scalar: NeuralScalar>: Sendable {
  /// The sizes.
  public let shape: NetworkShape
  /// Where each tensor lies in `parameters`.
  public let layout: ParameterLayout
  /// All tensors, flat.
  public var parameters: [Scalar] {
    didSet { Self.check(count: parameters.count, layout) }
  }

  /// A network with the parameters given, in the order of `ParameterLayout`.
  public init(shape: NetworkShape, parameters: [Scalar]) {
    layout = ParameterLayout(shape)
    Self.check(count: parameters.count, layout)
    self.shape = shape
    self.parameters = parameters
  }

  /// The numbers of the tensor `name`.
  ///
  /// - Precondition: There is one.
  public subscript(_ name: String) -> ArraySlice<Scalar> {
    get { parameters[range(of: name)] }
    set { parameters.replaceSubrange(range(of: name), with: newValue) }
  }

  private func range(of name: String) -> Range<Int> {
    guard let entry = layout.entry(named: name) else {
      preconditionFailure("no parameter \(name) in a network of \(shape)")
    }
    return entry.range
  }

  private static func check(count: Int, _ layout: ParameterLayout) {
    precondition(count == layout.count, "\(count) parameters for a layout of \(layout.count)")
  }
}
