import Basics

/// The confusion matrix as CSV: rows are what was said, columns what was heard.
public enum ConfusionTable {
  /// A header with the classes, then a row a class; RFC 4180.
  ///
  /// For more classes than `ManyClasses.mostInFiles` a row for each pair that happened instead:
  /// `said,heard,clips`.
  public static func render(_ report: EvaluationReport) -> String {
    let labels = report.classes.map { CSVCell.write($0.label) }
    guard let confusion = report.confusion else {
      return CSVCell.row(["said", "heard", "clips"])
        + report.pairs.map {
          CSVCell.row([labels[$0.said], labels[$0.heard], "\($0.count)"])
        }.joined()
    }
    var text = CSVCell.row(["said/heard"] + labels)
    for (label, counts) in zip(labels, confusion) {
      text += CSVCell.row([label] + counts.map(String.init))
    }
    return text
  }
}
