import KeywordSpotting

/// Prints results: as text for people, as JSON lines or as CSV.
struct ClassificationView {
  enum Format { case text, json, csv }

  let model: KeywordModel
  let format: Format
  /// Number of classes to show; nil shows only the answer.
  let top: Int?
  /// Number of clips; a single clip is printed without its name.
  let count: Int

  func begin() throws {
    guard format == .csv else { return }
    try StandardOutput.write(
      CSVCell.row(
        [
          "path", "label", "probability", "start", "end", "sampleRate", "channels", "frames",
          "rejected", "threshold",
        ] + model.labels.map(CSVCell.write)))
  }

  func show(_ name: String, _ result: Classification) throws {
    switch format {
    case .text: try StandardOutput.write(text(name, result))
    case .json: try StandardOutput.line(Self.json(name, result, labels: model.labels, top: top))
    case .csv:
      try StandardOutput.write(
        CSVCell.row(
          [
            CSVCell.write(name), CSVCell.write(result.label),
            result.probability.map { TextCell.fixed(Double($0), 6) } ?? "",
            TextCell.fixed(result.window.lowerBound, 3),
            TextCell.fixed(result.window.upperBound, 3),
            "\(result.source.sampleRate)", "\(result.source.channels)", "\(result.source.frames)",
            CSVCell.write(result.rejected?.label ?? ""),
            result.rejected.map { TextCell.fixed(Double($0.threshold), 6) } ?? "",
          ] + result.probabilities.map { TextCell.fixed(Double($0), 6) }))
    }
  }

  private func text(_ name: String, _ result: Classification) -> String {
    var line = (count == 1 ? "" : "\(TextCell.visible(name)): ") + result.text
    if result.windowCount > 1 {
      line +=
        "  at \(TextCell.fixed(result.window.lowerBound, 2))-\(TextCell.fixed(result.window.upperBound, 2)) s"
    }
    line += "\n"
    // A single one is the answer.
    for event in result.events where result.events.count > 1 {
      line += "  \(Self.text(event))\n"
    }
    for index in ranked(result).prefix(top ?? 0) {
      line +=
        "  \(TextCell.visible(model.labels[index]))  "
        + "\(TextCell.fixed(Double(result.probabilities[index]) * 100, 1))%\n"
    }
    return line
  }

  /// `yes  93.1%  at 1.25-2.50 s`.
  private static func text(_ event: Event) -> String {
    "\(TextCell.visible(event.label))  \(TextCell.percent(Double(event.probability)))  "
      + "at \(TextCell.fixed(event.seconds.lowerBound, 2))-"
      + "\(TextCell.fixed(event.seconds.upperBound, 2)) s"
  }

  /// One JSON object with stable keys; `version` is the version of this schema.
  ///
  /// Since version 2, `probability` is that of `label`, and null if the model has no such class; in
  /// version 1 it was the highest of all.
  static func json(
    _ name: String, _ result: Classification, labels: [String], top: Int?
  ) -> String {
    let order =
      top.map { Array(ranked(result).prefix($0)) } ?? Array(result.probabilities.indices)
    let probabilities = order.map {
      JSONText.string(labels[$0]) + ":" + TextCell.fixed(Double(result.probabilities[$0]), 6)
    }
    let probability = result.probability.map { TextCell.fixed(Double($0), 6) } ?? "null"
    let rejected =
      result.rejected.map {
        "{\"label\":\(JSONText.string($0.label)),"
          + "\"probability\":\(TextCell.fixed(Double($0.probability), 6)),"
          + "\"threshold\":\(TextCell.fixed(Double($0.threshold), 6))}"
      } ?? "null"
    return "{\"version\":2,\"path\":\(JSONText.string(name)),"
      + "\"label\":\(JSONText.string(result.label)),"
      + "\"probability\":\(probability),\"rejected\":\(rejected),"
      + "\"start\":\(TextCell.fixed(result.window.lowerBound, 3)),"
      + "\"end\":\(TextCell.fixed(result.window.upperBound, 3)),\"windows\":\(result.windowCount),"
      + "\"sampleRate\":\(result.source.sampleRate),\"channels\":\(result.source.channels),"
      + "\"frames\":\(result.source.frames),\"events\":[\(result.events.map(json).joined(separator: ","))],"
      + "\"probabilities\":{\(probabilities.joined(separator: ","))}}"
  }

  private static func json(_ event: Event) -> String {
    "{\"label\":\(JSONText.string(event.label)),"
      + "\"probability\":\(TextCell.fixed(Double(event.probability), 6)),"
      + "\"start\":\(TextCell.fixed(event.seconds.lowerBound, 3)),"
      + "\"end\":\(TextCell.fixed(event.seconds.upperBound, 3)),"
      + "\"decided\":\(TextCell.fixed(event.decided, 3))}"
  }

  private func ranked(_ result: Classification) -> [Int] { Self.ranked(result) }

  /// Classes by decreasing probability; equal ones in the model's order.
  private static func ranked(_ result: Classification) -> [Int] {
    result.probabilities.indices.sorted {
      (-result.probabilities[$0], $0) < (-result.probabilities[$1], $1)
    }
  }
}
