import Basics

/// The confusion matrix for a terminal, readable for two classes and for forty.
///
/// Columns have names if all of them fit, else numbers that the rows explain. A matrix that is
/// still too wide is cut into blocks of columns. Zeros are dots, so that confusions are easy to
/// see.
struct ConfusionText {
  private let labels: [String]
  private let counts: [[Int]]
  /// Heads of the columns: the classes' names or numbers.
  private let heads: [String]
  /// Width of each column, with the space before it.
  private let widths: [Int]
  /// Width of the rows' numbers, 0 if columns are named.
  private let numberWidth: Int
  private let nameWidth: Int
  private let blocks: [Range<Int>]

  /// The matrix of a report; nil if it has too many classes to read.
  init?(_ report: EvaluationReport, width: Int) {
    guard let counts = report.confusion, counts.count <= ManyClasses.mostForPeople else {
      return nil
    }
    let labels = report.classes.map { TextCell.visible($0.label) }
    self.labels = labels
    self.counts = counts
    nameWidth = min(labels.map(TextCell.width).max() ?? 1, width / 3)
    func widths(_ heads: [String]) -> [Int] {
      heads.indices.map { column in
        let digits = counts.map { String($0[column]).utf8.count }.max() ?? 1
        return max(digits, TextCell.width(heads[column])) + 1
      }
    }
    let named = widths(labels)
    if nameWidth + named.reduce(0, +) <= width {
      (heads, self.widths, numberWidth) = (labels, named, 0)
    } else {
      heads = labels.indices.map { "\($0 + 1)" }
      self.widths = widths(heads)
      numberWidth = String(labels.count).utf8.count + 1
    }
    blocks = Self.blocks(self.widths, fitting: width - numberWidth - nameWidth)
  }

  func render() -> String {
    "confusion matrix (rows: labels, columns: answers)\n"
      + blocks.map(block).joined(separator: "\n")
  }

  /// The columns of each block: as many as fit, at least one.
  private static func blocks(_ widths: [Int], fitting room: Int) -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var start = 0
    var used = 0
    for (column, width) in widths.enumerated() {
      if column > start, used + width > room {
        blocks.append(start..<column)
        (start, used) = (column, 0)
      }
      used += width
    }
    return blocks + [start..<widths.count]
  }

  private func block(_ columns: Range<Int>) -> String {
    var text = String(repeating: " ", count: numberWidth + nameWidth)
    text += columns.map { TextCell.right(heads[$0], widths[$0]) }.joined() + "\n"
    for (row, label) in labels.enumerated() {
      if numberWidth > 0 { text += TextCell.right("\(row + 1)", numberWidth - 1) + " " }
      text += TextCell.left(TextCell.cut(label, nameWidth), nameWidth)
      for column in columns {
        let count = counts[row][column]
        text += TextCell.right(count == 0 ? "." : "\(count)", widths[column])
      }
      text += "\n"
    }
    return text
  }
}
