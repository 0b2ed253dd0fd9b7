import KeywordSpotting
import Synchronization

/// One line on a terminal that is written over; nothing elsewhere.
enum ProgressBar {
  private static let lastTenth = Mutex(-1)

  static func show(_ title: String, done: Int, total: Int, note: String = "") {
    guard StandardError.isTerminal, total > 0 else { return }
    // A line for each percent is enough for the eye.
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

/// How far a batch is, with its rate and the time that is left: a bar on a terminal, elsewhere a
/// line every half a minute.
final class BatchProgress {
  /// Seconds from line to line where nobody watches.
  private static let lineSeconds = 30.0

  private let title: String
  private let total: Int
  private let quiet: Bool
  private let start = ContinuousClock.now
  private var lastLine = ContinuousClock.now
  /// Clips that were done before; they say nothing of the rate.
  private var before: Int?

  init(_ title: String, total: Int, quiet: Bool) {
    self.title = title
    self.total = total
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
      ? "\(TextCell.fixed(rate, 0)) clips/s, \(Self.duration(Double(total - done) / rate)) left"
      : ""
    ProgressBar.show(title, done: done, total: total, note: note)
    if !StandardError.isTerminal, (now - lastLine) / .seconds(1) >= Self.lineSeconds {
      lastLine = now
      StandardError.line("kws: \(title): \(done) of \(total) clips, \(note)")
    }
  }

  /// A time in words, in the largest unit that leaves a whole number of 2 or more.
  static func duration(_ seconds: Double) -> String {
    if seconds < 120 { return "\(TextCell.fixed(seconds, 0)) s" }
    if seconds < 7_200 { return "\(TextCell.fixed(seconds / 60, 0)) min" }
    return "\(TextCell.fixed(seconds / 3_600, 0)) h"
  }
}
