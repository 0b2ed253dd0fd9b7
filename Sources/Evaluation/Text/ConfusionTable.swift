import Basics

/// The confusion matrix as CSV: rows are labels, columns are answers.
public enum ConfusionTable {
  /// A header with the classes, then one row per class; RFC 4180.
  ///
  /// For more classes than `ManyClasses.mostInFiles`, one row for each pair that occurs:
  /// `said,heard,clips`, where `said` is the label and `heard` the answer.
  public static func render(_ report: EvaluationReport) -> String {
    let labels = report.classes.map { CSVCell.write($0.label) }
    guard let confusion = report.confusion else {
      return CSVCell.row(["said", "heard", "clips"])
        + report.pairs.map {
          CSVCell.row([labels[$0.label], labels[$0.answer], "\($0.count)"])
        }.joined()
    }
    var text = CSVCell.row(["said/heard"] + labels)
    for (label, counts) in zip(labels, confusion) {
      text += CSVCell.row([label] + counts.map(String.init))
    }
    return text
  }
}
