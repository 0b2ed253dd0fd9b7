import KeywordSpotting

/// Prints what was heard: for people, as JSON lines or as CSV.
struct ClassificationView {
  enum Format { case text, json, csv }

  let model: KeywordModel
  let format: Format
  /// How many classes to show; nil shows the answer alone.
  let top: Int?
  /// How many clips there are; one clip needs no name before its answer.
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

  func show(_ name: String, _ heard: Classification) throws {
    switch format {
    case .text: try StandardOutput.write(text(name, heard))
    case .json: try StandardOutput.line(Self.json(name, heard, labels: model.labels, top: top))
    case .csv:
      try StandardOutput.write(
        CSVCell.row(
          [
            CSVCell.write(name), CSVCell.write(heard.label),
            heard.probability.map { TextCell.fixed(Double($0), 6) } ?? "",
            TextCell.fixed(heard.window.lowerBound, 3), TextCell.fixed(heard.window.upperBound, 3),
            "\(heard.source.sampleRate)", "\(heard.source.channels)", "\(heard.source.frames)",
            CSVCell.write(heard.rejected?.label ?? ""),
            heard.rejected.map { TextCell.fixed(Double($0.threshold), 6) } ?? "",
          ] + heard.probabilities.map { TextCell.fixed(Double($0), 6) }))
    }
  }

  private func text(_ name: String, _ heard: Classification) -> String {
    var line = (count == 1 ? "" : "\(TextCell.visible(name)): ") + heard.text
    if heard.windowCount > 1 {
      line +=
        "  at \(TextCell.fixed(heard.window.lowerBound, 2))-\(TextCell.fixed(heard.window.upperBound, 2)) s"
    }
    line += "\n"
    // A single one is the answer.
    for event in heard.events where heard.events.count > 1 {
      line += "  \(Self.text(event))\n"
    }
    for index in ranked(heard).prefix(top ?? 0) {
      line +=
        "  \(TextCell.visible(model.labels[index]))  "
        + "\(TextCell.fixed(Double(heard.probabilities[index]) * 100, 1))%\n"
    }
    return line
  }

  /// `yes  93.1%  at 1.25-2.50 s`.
  private static func text(_ event: Event) -> String {
    "\(TextCell.visible(event.label))  \(TextCell.percent(Double(event.probability)))  "
      + "at \(TextCell.fixed(event.seconds.lowerBound, 2))-"
      + "\(TextCell.fixed(event.seconds.upperBound, 2)) s"
  }

  /// One object: stable keys, `version` names this schema.
  ///
  /// Version 2: `probability` is that of `label`, and null where the model has no such class; in
  /// version 1 it was the highest of all.
  static func json(
    _ name: String, _ heard: Classification, labels: [String], top: Int?
  ) -> String {
    let order =
      top.map { Array(ranked(heard).prefix($0)) } ?? Array(heard.probabilities.indices)
    let probabilities = order.map {
      JSONText.string(labels[$0]) + ":" + TextCell.fixed(Double(heard.probabilities[$0]), 6)
    }
    let probability = heard.probability.map { TextCell.fixed(Double($0), 6) } ?? "null"
    let rejected =
      heard.rejected.map {
        "{\"label\":\(JSONText.string($0.label)),"
          + "\"probability\":\(TextCell.fixed(Double($0.probability), 6)),"
          + "\"threshold\":\(TextCell.fixed(Double($0.threshold), 6))}"
      } ?? "null"
    return "{\"version\":2,\"path\":\(JSONText.string(name)),"
      + "\"label\":\(JSONText.string(heard.label)),"
      + "\"probability\":\(probability),\"rejected\":\(rejected),"
      + "\"start\":\(TextCell.fixed(heard.window.lowerBound, 3)),"
      + "\"end\":\(TextCell.fixed(heard.window.upperBound, 3)),\"windows\":\(heard.windowCount),"
      + "\"sampleRate\":\(heard.source.sampleRate),\"channels\":\(heard.source.channels),"
      + "\"frames\":\(heard.source.frames),\"events\":[\(heard.events.map(json).joined(separator: ","))],"
      + "\"probabilities\":{\(probabilities.joined(separator: ","))}}"
  }

  private static func json(_ event: Event) -> String {
    "{\"label\":\(JSONText.string(event.label)),"
      + "\"probability\":\(TextCell.fixed(Double(event.probability), 6)),"
      + "\"start\":\(TextCell.fixed(event.seconds.lowerBound, 3)),"
      + "\"end\":\(TextCell.fixed(event.seconds.upperBound, 3)),"
      + "\"decided\":\(TextCell.fixed(event.decided, 3))}"
  }

  private func ranked(_ heard: Classification) -> [Int] { Self.ranked(heard) }

  /// Classes by falling probability; equal ones in their own order.
  private static func ranked(_ heard: Classification) -> [Int] {
    heard.probabilities.indices.sorted {
      (-heard.probabilities[$0], $0) < (-heard.probabilities[$1], $1)
    }
  }
}
