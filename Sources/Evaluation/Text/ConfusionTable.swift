import Basics

/// The confusion matrix as CSV: rows are what was said, columns what was heard.
public enum ConfusionTable {
  /// A header with the classes, then a row a class; RFC 4180.
  public static func render(_ report: EvaluationReport) -> String {
    let labels = report.classes.map { CSVCell.write($0.label) }
    var text = CSVCell.row(["said/heard"] + labels)
    for (label, counts) in zip(labels, report.confusion) {
      text += CSVCell.row([label] + counts.map(String.init))
    }
    return text
  }
}
