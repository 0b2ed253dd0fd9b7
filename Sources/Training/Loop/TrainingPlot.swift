import Markup

/// Plots of a training, made from the rows of metrics.csv.
enum TrainingPlot {
  /// A self-contained SVG: loss, accuracy, learning rate and gradient norms over the epochs.
  ///
  /// - Parameters:
  ///   - rows: One for each epoch.
  ///   - chosen: The epoch whose weights are the model's so far.
  /// - Returns: The text of the file.
  static func svg(_ rows: [EpochMetrics], chosen: Int? = nil) -> String {
    let plots = [
      plot("Loss", "cross-entropy", rows, ["training_loss", "validation_loss"]),
      plot("Accuracy", "share right", rows, ["training_accuracy", "validation_accuracy"]),
      plot("Learning rate", "step size", rows, ["learning_rate"]),
      plot("Gradient", "norm before clipping", rows, ["gradient_norm"]),
      plot(
        "Gradient of the recurrent weights", "norm", rows, names(rows) { $0.hasSuffix("recurrent") }
      ),
      plot(
        "Gradient through time, forward", "norm of dL/dh", rows,
        names(rows) { $0.hasPrefix("frame_gradient") && $0.contains("forward") }),
    ].compactMap(\.self).map { plot in
      var plot = plot
      if let chosen { plot.marks.append(.moment(x: Double(chosen), text: "chosen: \(chosen)")) }
      return plot
    }
    return PlotSheet.svg("Training over \(rows.count) epochs", plots)
  }

  /// A column's name for the legend.
  private static func shortName(_ column: String) -> String {
    let prefix = ["gradient_norm_", "frame_gradient_"].first(where: column.hasPrefix)
    let name = column.dropFirst(prefix?.count ?? 0)
    // The title names the direction.
    return name.split(separator: "_").filter { $0 != "forward" }.joined(separator: " ")
  }

  /// The columns with matching names.
  private static func names(
    _ rows: [EpochMetrics], where fits: (String) -> Bool
  ) -> [String] {
    (rows.first?.values ?? []).map(\.name).filter(fits)
  }

  /// One plot of some columns; nil if they are empty.
  private static func plot(
    _ title: String, _ unit: String, _ rows: [EpochMetrics], _ columns: [String]
  ) -> Plot? {
    let lines = columns.map { column in
      rows.compactMap { row in
        row[column].map { (x: row["epoch"] ?? 0, y: $0) }
      }.filter { $0.y.isFinite }
    }
    guard let top = lines.joined().map(\.y).max() else { return nil }
    let marks = zip(columns, lines).enumerated().compactMap { index, line -> Plot.Mark? in
      line.1.isEmpty
        ? nil
        : .line(
          line.1, color: index % 8 + 1,
          name: shortName(line.0))
    }
    return Plot(
      title: title, description: "\(title) over \(rows.count) epochs",
      x: .count("epoch", to: rows.count), y: .upTo(top, unit), marks: marks, leftMargin: 66)
  }
}
