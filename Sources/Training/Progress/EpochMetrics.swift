import Neural

/// The figures of one epoch, which is one row of metrics.csv.
public struct EpochMetrics: Codable, Equatable, Sendable {
  /// A named figure.
  public struct Value: Codable, Equatable, Sendable {
    /// The column.
    public var name: String
    /// The figure; nil prints as an empty cell.
    public var value: Double?
  }

  /// The figures, in the order of the columns; `epoch` is the first.
  public var values: [Value]

  /// Makes the row of an epoch from the means of its sums; cells of frozen layers are empty.
  init(
    epoch: Int, sums: EpochSums, network: Network<Float>, frozenLayers: Int,
    validationLoss: Double?, validationAccuracy: Double?
  ) {
    let steps = Double(max(1, sums.steps))
    values = [
      Value(name: "epoch", value: Double(epoch)),
      Value(name: "learning_rate", value: sums.learningRate),
      Value(name: "training_loss", value: sums.loss / steps),
      Value(name: "training_accuracy", value: Double(sums.correct) / Double(max(1, sums.examples))),
      Value(name: "validation_loss", value: validationLoss),
      Value(name: "validation_accuracy", value: validationAccuracy),
      Value(name: "gradient_norm", value: sums.gradientNorm / steps),
      Value(name: "clipped_steps", value: Double(sums.clippedSteps) / steps),
    ]
    values += zip(network.layout.groups, sums.groupNorms).map { group, sum in
      let isFrozen = group.layer ?? .max < frozenLayers
      return Value(name: "gradient_norm_\(group.name)", value: isFrozen ? nil : sum / steps)
    }
    let places = (0..<network.shape.layers).flatMap { layer in
      network.shape.directions.all.flatMap { direction in
        ["first", "last"].map { (layer: layer, name: "l\(layer)_\(direction.name)_\($0)") }
      }
    }
    values += zip(places, sums.frameNorms).map { place, sum in
      let value = place.layer < frozenLayers ? nil : sum / Double(max(1, sums.frameSteps))
      return Value(name: "frame_gradient_\(place.name)", value: value)
    }
    values.append(Value(name: "seconds", value: sums.seconds))
  }

  /// The figure of a column, or nil.
  public subscript(name: String) -> Double? { values.first { $0.name == name }?.value }

  /// The table, with a header line.
  static func csv(_ rows: [EpochMetrics]) -> String {
    guard let header = rows.first?.values.map(\.name) else { return "" }
    let lines = rows.map { row in
      row.values.map { $0.value.map(shortest) ?? "" }.joined(separator: ",")
    }
    return ([header.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  /// Whole numbers without a fraction, others with all digits.
  private static func shortest(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}

/// Sums over the steps of one epoch; stored in the checkpoint, so that an epoch can be resumed in
/// the middle.
struct EpochSums: Codable, Equatable, Sendable {
  var steps = 0
  var loss = 0.0
  var correct = 0
  var examples = 0
  var clippedSteps = 0
  var gradientNorm = 0.0
  /// Sums of gradient norms by parameter group, in the layout's order.
  var groupNorms: [Double] = []
  /// Sums of the norm of dL/dh_t for each layer, in each direction's own reading order: forward
  /// first and last tenth of the frames, reverse first and last tenth.
  var frameNorms: [Double] = []
  /// Number of steps at which these were measured.
  var frameSteps = 0
  /// The learning rate of the last step.
  var learningRate = 0.0
  var seconds = 0.0

  /// Adds one step.
  mutating func add(
    _ result: StepResult<Float>, targets: [Int], norms: GradientNorms
  ) {
    steps += 1
    loss += result.loss
    examples += targets.count
    correct += zip(result.logits, targets).count { logits, target in
      argmax(logits) == target
    }
    gradientNorm += norms.total
    groupNorms = groupNorms.isEmpty ? norms.groups : zip(groupNorms, norms.groups).map(+)
    guard !result.timeGradients.isEmpty else { return }
    frameSteps += 1
    let frames = result.timeGradients.flatMap { layer in
      [layer.forward, layer.reverse].compactMap(\.self).flatMap { norms in
        let tenth = max(1, norms.count / 10)
        return [norms.prefix(tenth), norms.suffix(tenth)].map { $0.reduce(0, +) / Double(tenth) }
      }
    }
    frameNorms = frameNorms.isEmpty ? frames : zip(frameNorms, frames).map(+)
  }
}
