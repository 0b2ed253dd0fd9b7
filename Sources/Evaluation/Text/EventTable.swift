import Basics

/// Events as a table: a row an event.
public enum EventTable {
  /// The names of the columns.
  public static let header = CSVCell.row(
    ["path", "label", "probability", "start", "end", "decided", "verdict"])

  /// One event.
  public static func row(_ row: EventEvaluation.Row) -> String {
    let event = row.event
    let times = [event.seconds.lowerBound, event.seconds.upperBound, event.decided]
    return CSVCell.row(
      [
        CSVCell.write(row.path), CSVCell.write(event.label),
        TextCell.fixed(Double(event.probability), 6),
      ] + times.map { TextCell.fixed($0, 3) } + [row.verdict])
  }
}
