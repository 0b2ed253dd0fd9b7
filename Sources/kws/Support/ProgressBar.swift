import KeywordSpotting
import Synchronization

/// A progress bar on a terminal, in one line that is overwritten; nothing elsewhere.
enum ProgressBar {
  private static let lastTenth = Mutex(-1)

  static func show(_ title: String, done: Int, total: Int, note: String = "") {
    guard StandardError.isTerminal, total > 0 else { return }
    // One update per percent is enough.
    let percent = done * 100 / total
    let isNew = lastTenth.withLock { last in
      defer { last = percent }
      return last != percent
    }
    guard isNew else { return }
    let filled = done * 30 / total
    let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: 30 - filled)
    StandardError.write("\r\u{1B}[K\(title) [\(bar)] \(done)/\(total) \(note)")
  }

  static func clear() {
    if StandardError.isTerminal { StandardError.write("\r\u{1B}[K") }
  }
}

/// The progress of a batch, with its rate and the remaining time: a bar on a terminal, elsewhere a
/// line every 30 seconds.
final class BatchProgress {
  /// Time between two lines if standard error is not a terminal, in seconds.
  private static let lineSeconds = 30.0

  private let title: String
  private let total: Int
  /// What is done, in the plural.
  private let unit: String
  private let quiet: Bool
  private let start = ContinuousClock.now
  private var lastLine = ContinuousClock.now
  /// Number of clips that were done before; they do not count for the rate.
  private var before: Int?

  init(_ title: String, total: Int, unit: String = "clips", quiet: Bool) {
    self.title = title
    self.total = total
    self.unit = unit
    self.quiet = quiet
  }

  /// Shows that `done` clips are done.
  func show(_ done: Int) {
    if quiet { return }
    let first = before ?? done
    before = first
    let now = ContinuousClock.now
    let rate = Double(done - first) / ((now - start) / .seconds(1))
    let note =
      rate > 0
      ? "\(TextCell.fixed(rate, 0)) \(unit)/s, \(Self.duration(Double(total - done) / rate)) left"
      : ""
    ProgressBar.show(title, done: done, total: total, note: note)
    if !StandardError.isTerminal, (now - lastLine) / .seconds(1) >= Self.lineSeconds {
      lastLine = now
      StandardError.line("kws: \(title): \(done) of \(total) \(unit), \(note)")
    }
  }

  /// A duration as text, in the largest unit that gives a whole number of 2 or more.
  static func duration(_ seconds: Double) -> String {
    if seconds < 120 { return "\(TextCell.fixed(seconds, 0)) s" }
    if seconds < 7_200 { return "\(TextCell.fixed(seconds / 60, 0)) min" }
    return "\(TextCell.fixed(seconds / 3_600, 0)) h"
  }
}
