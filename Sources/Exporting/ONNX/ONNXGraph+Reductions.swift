// Operators whose axes are an attribute in older versions and an input in newer ones.

extension ONNXGraph {
  /// Sum over axes, which stay with the size 1 if `keeps`.
  mutating func sum(
    _ value: Value, over axes: [Int], keeps: Bool = true, as name: Value
  ) -> Value {
    let axes = constant(axes, as: name + ".axes")
    return node("ReduceSum", [value, axes], as: name, [("keepdims", .integer(keeps ? 1 : 0))])
  }

  /// Mean over an axis, which stays with the size 1.
  mutating func mean(_ value: Value, over axis: Int, as name: Value) -> Value {
    reduce("ReduceMean", value, over: [axis], as: name)
  }

  /// Largest value over axes, which stay with the size 1.
  mutating func largest(_ value: Value, over axes: [Int], as name: Value) -> Value {
    reduce("ReduceMax", value, over: axes, as: name)
  }

  private mutating func reduce(
    _ operation: String, _ value: Value, over axes: [Int], as name: Value
  ) -> Value {
    // ReduceMean and ReduceMax take their axes as an input from opset 18 on.
    guard opset >= 18 else {
      return node(operation, [value], as: name, [("axes", .integers(axes))])
    }
    return node(operation, [value, constant(axes, as: name + ".axes")], as: name)
  }
}
