import KeywordSpotting

/// A line below the events on a terminal that is written over: the level and the strongest candidate
/// of live sound, how far a recording is.
struct StatusLine {
  /// Times a second that it is written.
  private static let rate = 10.0
  /// Columns of the meter, and the level at its left end, in dB.
  private static let (columns, floor) = (20, -60.0)

  private let labels: [String]
  private let isShown: Bool
  private var (title, total) = ("", Double?.none)
  private var isMetered = false
  private var last: ContinuousClock.Instant?
  private var isThere = false
  private var strongest = ""

  /// - Parameters:
  ///   - labels: (C), the labels of the classes.
  ///   - quiet: Whether nothing is written.
  init(labels: [String], quiet: Bool) {
    self.labels = labels
    isShown = StandardError.isTerminal && !quiet
  }

  /// Begins with an input.
  mutating func begin(_ input: ListenInput, number: Int, of count: Int) {
    guard isShown else { return }
    title = count > 1 ? "\(number)/\(count) \(input.source.name)" : input.source.name
    total = nil
    isMetered = true
    guard case .file(let source) = input.kind else { return }
    isMetered = false
    if case .file(let path) = source { total = AudioDecoder.declaredSeconds(of: path) }
  }

  /// Notes the keyword that is strongest in a window.
  mutating func candidate(_ window: Listener.Window) {
    guard isShown, isMetered else { return }
    let keywords = labels.indices.filter { ClassLabel.isKeyword(labels[$0]) }
    guard let best = keywords.max(by: { window.averaged[$0] < window.averaged[$1] }) else { return }
    strongest =
      "\(TextCell.visible(labels[best])) \(TextCell.percent(Double(window.averaged[best])))"
  }

  /// Writes the line again, if it was not written just now.
  mutating func show(seconds: Double, level: Double, _ counts: ListeningCounts) {
    guard isShown else { return }
    let now = ContinuousClock.now
    if let last, (now - last) / .seconds(1) < 1 / Self.rate { return }
    last = now
    isThere = true
    StandardError.write("\r\u{1B}[K" + (isMetered ? meter(level) : bar(seconds)))
  }

  private func meter(_ level: Double) -> String {
    let share = max(0, min(1, 1 - level / Self.floor))
    let filled = Int((share * Double(Self.columns)).rounded())
    let bar =
      String(repeating: "=", count: filled)
      + String(repeating: " ", count: Self.columns - filled)
    return "[\(bar)] \(TextCell.right(TextCell.fixed(level, 0), 3)) dB  \(strongest)"
  }

  private func bar(_ seconds: Double) -> String {
    let name = TextCell.cut(TextCell.visible(title), 40)
    guard let total, total > 0 else { return "\(name) \(EventView.time(seconds))" }
    let filled = Int((min(1, seconds / total) * 30).rounded())
    let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: 30 - filled)
    return "\(name) [\(bar)] \(EventView.time(seconds)) of \(EventView.time(total))"
  }

  /// Takes the line away, for one that stays.
  mutating func clear() {
    guard isThere else { return }
    StandardError.write("\r\u{1B}[K")
    (isThere, last) = (false, nil)
  }

  /// A line that stays.
  func remark(_ text: String) {
    if isThere { StandardError.write("\r\u{1B}[K") }
    StandardError.line("kws: \(text)")
  }
}
