import Basics
import Datasets
import Recognition

/// The columns of a table of predictions, from its header.
struct PredictionLayout {
  /// The classes in the header, in order; empty for a table of the likeliest classes.
  private(set) var named: [String] = []
  /// Indices of the columns that are not probabilities.
  private var places: [String: Int] = [:]
  /// Number of cells before the probabilities, and of all cells.
  private var (first, count) = (0, 0)
  /// The model's classes, if known to the reader.
  private let labels: ClassList

  init(labels: [String]) { self.labels = ClassList(labels) }

  /// Reads the first row of a table.
  mutating func readHeader(_ row: DelimitedText.Row) throws(PredictionTable.ReadError) {
    let (columns, prefix) = (PredictionTable.firstColumns, PredictionTable.prefix)
    guard row.cells.count > columns.count else {
      throw PredictionTable.ReadError(
        line: 1, reason: "no header; write the table with kws evaluate")
    }
    let names = row.cells.map(CSVCell.read)
    let isTop = names.suffix(PredictionTable.topColumns.count) == PredictionTable.topColumns[...]
    first =
      isTop
      ? names.count - PredictionTable.topColumns.count
      : names.firstIndex { $0.hasPrefix(prefix) } ?? names.count
    let classes = isTop ? [] : names[first...]
    guard names.starts(with: columns), isTop || !classes.isEmpty,
      classes.allSatisfy({ $0.hasPrefix(prefix) })
    else {
      throw PredictionTable.ReadError(
        line: row.line,
        reason: "the header is not \(columns.joined(separator: ",")),...,p:...; write the table "
          + "with kws evaluate")
    }
    named = classes.map { String($0.dropFirst(prefix.count)) }
    places = Dictionary(zip(names[..<first], 0...)) { first, _ in first }
    count = names.count
  }

  /// Reads one row.
  func prediction(_ row: DelimitedText.Row) throws(PredictionTable.ReadError) -> Prediction {
    guard row.cells.count == count else {
      throw PredictionTable.ReadError(
        line: row.line, reason: "\(row.cells.count) cells, the header has \(count)")
    }
    let cells = row.cells.map(CSVCell.read)
    func probability(_ cell: String) throws(PredictionTable.ReadError) -> Float {
      guard let value = Float(cell), value >= 0, value <= 1.0001 else {
        throw PredictionTable.ReadError(line: row.line, reason: "'\(cell)' is not a probability")
      }
      return value
    }
    let split = Split(rawValue: cells[5])
    guard split != nil || cells[5].isEmpty else {
      throw PredictionTable.ReadError(
        line: row.line, reason: "\(ManifestProblem.unknownSplit(cells[5]))")
    }
    var probabilities: [Float] = []
    var likeliest: Float = 0
    if named.isEmpty {
      let top = Array(cells[first...])
      likeliest = try probability(top[2])
      if !labels.names.isEmpty {
        probabilities = [Float](repeating: 0, count: labels.names.count)
        if let own = labels[cells[1]], !top[0].isEmpty {
          probabilities[own] = try probability(top[0])
        }
        for index in stride(from: 1, to: top.count, by: 2) {
          if let place = labels[top[index]] {
            probabilities[place] = try probability(top[index + 1])
          }
        }
      }
    } else {
      for cell in cells[first...] { probabilities.append(try probability(cell)) }
      likeliest = probabilities.max() ?? 0
    }
    var rejected: Rejection?
    if let place = places["rejected"], let limit = places["threshold"], !cells[place].isEmpty {
      rejected = Rejection(
        label: cells[place], probability: likeliest, threshold: try probability(cells[limit]))
    }
    var prediction = Prediction(
      path: cells[0], label: cells[1], predicted: cells[2], rejected: rejected,
      probabilities: probabilities, speaker: cells[4].isEmpty ? nil : cells[4], split: split)
    guard let role = places["role"], let file = places["file"] else { return prediction }
    (prediction.role, prediction.fileHash) = (
      ClipRole(rawValue: cells[role]), UInt64(cells[file], radix: 16)
    )
    guard cells[role].isEmpty || prediction.role != nil,
      cells[file].isEmpty || prediction.fileHash != nil
    else {
      throw PredictionTable.ReadError(
        line: row.line,
        reason: "'\(cells[role])' and '\(cells[file])' are not a role and a file's hash; write the "
          + "table with kws evaluate")
    }
    return prediction
  }
}
