import Neural

/// Why tensors do not fit an architecture.
package enum TensorFault: Error, Equatable, CustomStringConvertible {
  case missing(String)
  case unexpected(String)
  case shape(name: String, found: [Int], expected: [Int])
  case tooLarge(name: String, value: Float)
  /// A tensor in 8 bits that is no matrix, or its scales.
  case int8Vector(String)
  /// A scale that is not above 0.
  case scale(name: String, Float)
  case damaged(SafetensorsFault)
  /// A tensor that should be a list of clips is not.
  case clips(String)
  case clipCount(name: String, found: Int, stated: Int)

  package var description: String {
    switch self {
    case .missing(let name): "tensor \(name) is missing"
    case .unexpected(let name): "tensor \(name) has no place in this architecture"
    case .shape(let name, let found, let expected):
      "tensor \(name) has the shape \(found); the architecture asks for \(expected)"
    case .damaged(let fault): fault.description
    case .clips(let name): "tensor \(name) is no list of clips"
    case .clipCount(let name, let found, let stated):
      "tensor \(name) lists \(found) clips, the metadata says \(stated)"
    case .int8Vector(let name): "tensor \(name) has the type I8, which only weights may have"
    case .scale(let name, let value): "tensor \(name) holds the scale \(value), not above 0"
    case .tooLarge(let name, let value):
      "tensor \(name) holds \(value), beyond the +-\(ParameterLayout.largest) of any real weight"
    }
  }
}

extension Network<Float> {
  /// The parameters under PyTorch's names and shapes, in the layout's order; those that `isInt8` names
  /// in 8 bits, each with the scales of its rows behind it.
  func tensors(isInt8: (ParameterRole) -> Bool = { _ in false }) -> [Tensor] {
    layout.entries.flatMap { entry in
      var tensor = Tensor(
        name: entry.role.name, shape: entry.shape, values: Array(parameters[entry.range]))
      guard isInt8(entry.role) else { return [tensor] }
      let rounded = quantized(entry)
      (tensor.values, tensor.isInt8) = (rounded.values.map { Float($0) }, true)
      let scales = Tensor(
        name: ParameterLayout.scaleName(tensor.name), shape: [entry.shape[0]],
        values: rounded.scales)
      return [tensor, scales]
    }
  }
}

extension ParameterLayout {
  /// Larger weights count as damage: their sums could overflow.
  package static let largest: Float = 1e9

  /// The name of the scales of a matrix in 8 bits: w = scale of the row * whole number.
  static func scaleName(_ name: String) -> String { name + ".scale" }
}

extension Network<Float> {
  /// The network of the tensors of `file`, which must have exactly this layout's names and shapes, in
  /// any order.
  ///
  /// A matrix may be in 8 bits; then its scales are there as well. `name` gives the names where they are
  /// others than a model's. Memory is allocated only after the tensors' sizes were checked.
  init(
    _ shape: NetworkShape, from tensors: [SafetensorsEntry], in file: RawSpan,
    name roleName: (ParameterRole) -> String = \.name
  ) throws(TensorFault) {
    let layout = ParameterLayout(shape)
    let byName = Dictionary(tensors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var names: Set<String> = []
    func check(_ name: String, _ shape: [Int]) throws(TensorFault) -> SafetensorsEntry {
      guard let tensor = byName[name], tensor.type != .byte else { throw .missing(name) }
      guard tensor.shape == shape else {
        throw .shape(name: name, found: tensor.shape, expected: shape)
      }
      names.insert(name)
      return tensor
    }
    for entry in layout.entries {
      let tensor = try check(roleName(entry.role), entry.shape)
      guard tensor.type == .int8 else { continue }
      guard entry.shape.count == 2 else { throw .int8Vector(tensor.name) }
      let scales = try check(ParameterLayout.scaleName(tensor.name), [entry.shape[0]])
      guard scales.type != .int8 else { throw .int8Vector(scales.name) }
    }
    if let extra = tensors.first(where: { !names.contains($0.name) }) {
      throw .unexpected(extra.name)
    }
    var fault: TensorFault?
    var rowScales: [ParameterRole: [Float]] = [:]
    let parameters = [Float](unsafeUninitializedCapacity: layout.count) { buffer, done in
      for entry in layout.entries where fault == nil {
        let (name, target) = (
          roleName(entry.role), UnsafeMutableBufferPointer(rebasing: buffer[entry.range])
        )
        let tensor = byName[name]!
        fault = tensor.copy(from: file, to: target).map(TensorFault.damaged)
        if fault == nil, tensor.type == .int8 {
          do throws(TensorFault) {
            let scales = try Self.scales(byName[ParameterLayout.scaleName(name)]!, in: file)
            Self.multiply(target, by: scales)
            if entry.role.isRounded { rowScales[entry.role] = scales }
          } catch { fault = error }
        }
        fault = fault ?? Self.tooLarge(target, name)
      }
      done = fault == nil ? layout.count : 0
    }
    if let fault { throw fault }
    self.init(shape: shape, parameters: parameters, rowScales: rowScales)
  }

  /// The scales of a matrix in 8 bits, each above 0.
  private static func scales(
    _ entry: SafetensorsEntry, in file: RawSpan
  ) throws(TensorFault) -> [Float] {
    let scales: [Float]
    do { scales = try entry.values(in: file) } catch { throw .damaged(error) }
    if let scale = scales.first(where: { !($0 > 0) }) {
      throw .scale(name: entry.name, scale)
    }
    return scales
  }

  /// Multiplies each row by its scale.
  private static func multiply(
    _ matrix: UnsafeMutableBufferPointer<Float>, by scales: [Float]
  ) {
    let columns = matrix.count / scales.count
    for (row, scale) in scales.enumerated() {
      for index in row * columns..<(row + 1) * columns { matrix[index] = scale * matrix[index] }
    }
  }

  /// The fault of a tensor with a number beyond the largest weight.
  private static func tooLarge(
    _ values: UnsafeMutableBufferPointer<Float>, _ name: String
  ) -> TensorFault? {
    guard values.largestMagnitude > ParameterLayout.largest.bitPattern else { return nil }
    return .tooLarge(
      name: name, value: values.first { $0.magnitude > ParameterLayout.largest } ?? .nan)
  }
}
