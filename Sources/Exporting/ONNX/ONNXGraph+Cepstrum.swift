import Sound

// From the logarithms of mel bands to features.
extension ONNXGraph {
  /// (batch, frames, bands) to (batch, frames, coefficients); the lifter is part of the matrix.
  mutating func cepstra(
    _ logarithms: Value, _ options: FrontEndOptions, _ tables: FrontEndTables
  ) -> Value {
    let columns = (0..<options.melBands).flatMap { band in
      (0..<options.coefficients).map { tables.cosines[$0][band] * (tables.lifter?[$0] ?? 1) }
    }
    let matrix = constant(
      ONNXTensor(columns, shape: [options.melBands, options.coefficients]), as: "cosines")
    return node("MatMul", [logarithms, matrix], as: "cepstra")
  }

  /// (batch, frames, coefficients) with (batch, frames, 1) in the place of the first.
  mutating func withFirst(of cepstra: Value, replacedBy energy: Value) -> Value {
    let rest = columns(of: cepstra, from: 1, as: "cepstra.rest")
    return node("Concat", [energy, rest], as: "cepstra.energy", [("axis", .integer(2))])
  }

  /// The first column behind the others.
  mutating func zerothLast(_ cepstra: Value, count: Int) -> Value {
    let order = constant(Array(1..<count) + [0], as: "cepstra.order")
    return node("Gather", [cepstra, order], as: "cepstra.ordered", [("axis", .integer(2))])
  }

  /// (batch, frames, coefficients) with their slopes behind them: (batch, frames, F).
  mutating func withSlopes(
    _ cepstra: Value, _ options: FrontEndOptions, _ tables: FrontEndTables
  ) -> Value {
    guard options.deltaOrder > 0 else { return cepstra }
    let neighbours = neighbours(of: cepstra, options)
    var columns = [cepstra]
    for (order, weights) in tables.slopes.enumerated() {
      // The second slope of a regression is the slope of the first; of a polynomial, its own.
      let source = options.deltaRule == .regression ? columns[order] : cepstra
      let name = "slope\(order + 1)"
      let around = node(
        "Gather", [source, neighbours], as: name + ".around", [("axis", .integer(1))])
      let factors = constant(
        ONNXTensor(weights, shape: [weights.count, 1]), as: name + ".weights")
      let weighted = node("Mul", [around, factors], as: name + ".weighted")
      columns.append(sum(weighted, over: [2], keeps: false, as: name))
    }
    return node("Concat", columns, as: "with_slopes", [("axis", .integer(2))])
  }

  /// (frames, 2 * reach + 1): the numbers of each frame's neighbours.
  ///
  /// Outside the clip, a regression repeats the frame at the edge and a polynomial stays in the
  /// nearest whole window.
  private mutating func neighbours(of cepstra: Value, _ options: FrontEndOptions) -> Value {
    let reach = options.deltaReach
    let shape = node("Shape", [cepstra], as: "slopes.shape")
    let axis = constant(1, as: "slopes.axis")
    let count = node("Gather", [shape, axis], as: "slopes.count", [("axis", .integer(0))])
    let (zero, one) = (constant(0, as: "slopes.zero"), constant(1, as: "slopes.one"))
    let last = node("Sub", [count, one], as: "slopes.last")
    var middles = node("Range", [zero, count, one], as: "slopes.middles")
    if options.deltaRule == .savitzkyGolay {
      let least = constant(reach, as: "slopes.reach")
      let most = node("Sub", [last, least], as: "slopes.most")
      let above = node("Max", [middles, least], as: "slopes.above")
      middles = node("Min", [above, most], as: "slopes.within")
    }
    let column = node(
      "Unsqueeze", [middles, constant([1], as: "slopes.column_axis")], as: "slopes.column")
    let offsets = constant(Array(-reach...reach), as: "slopes.offsets")
    let places = node("Add", [column, offsets], as: "slopes.places")
    let inside = node("Max", [places, zero], as: "slopes.inside")
    return node("Min", [inside, last], as: "slopes.neighbours")
  }

  private mutating func columns(of values: Value, from start: Int, as name: String) -> Value {
    node(
      "Slice",
      [
        values, constant([start], as: name + ".start"), constant([Int.max], as: name + ".end"),
        constant([2], as: name + ".axes"),
      ], as: name)
  }
}
