import Glibc
import KeywordSpotting
import Synchronization

/// The progress of long work: on a terminal a bar in one line that is overwritten, elsewhere a line now
/// and then.
enum ProgressBar {
  /// Time between two lines if standard error is not a terminal, in seconds.
  private static let lineSeconds = 30.0

  private struct State {
    var percent = -1
    var lastLine = ContinuousClock.now
  }
  private static let state = Mutex(State())
  /// Whether the cursor stands behind a bar.
  private static let isShown = Atomic(false)

  /// Shows that so much is done.
  static func show(_ title: String, done: Int, total: Int, note: String = "") {
    guard total > 0 else { return }
    guard StandardError.isTerminal else {
      let isDue = state.withLock { state in
        let now = ContinuousClock.now
        guard (now - state.lastLine) / .seconds(1) >= lineSeconds else { return false }
        state.lastLine = now
        return true
      }
      if isDue {
        StandardError.line("kws: \(title): \(done) of \(total)" + (note.isEmpty ? "" : ", \(note)"))
      }
      return
    }
    // One update per percent is enough.
    let percent = done * 100 / total
    let isNew = state.withLock { state in
      defer { state.percent = percent }
      return state.percent != percent
    }
    guard isNew else { return }
    let filled = done * 30 / total
    let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: 30 - filled)
    StandardError.write("\r\u{1B}[K\(title) [\(bar)] \(done)/\(total) \(note)")
    isShown.store(true, ordering: .relaxed)
  }

  /// Takes the bar away.
  static func clear() {
    if isShown.exchange(false, ordering: .relaxed) { StandardError.write("\r\u{1B}[K") }
  }

  /// Leaves the bar where it is, and begins a new line; for signal handlers too.
  static func leave() {
    if isShown.exchange(false, ordering: .relaxed) { _ = Glibc.write(STDERR_FILENO, "\n", 1) }
  }
}

/// The progress of a batch, with its rate and the remaining time.
final class BatchProgress {
  private let title: String
  private let total: Int
  /// What is done, in the plural.
  private let unit: String
  private let quiet: Bool
  private let start = ContinuousClock.now
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
  }

  /// A duration as text, in the largest unit that gives a whole number of 2 or more.
  static func duration(_ seconds: Double) -> String {
    if seconds < 120 { return "\(TextCell.fixed(seconds, 0)) s" }
    if seconds < 7_200 { return "\(TextCell.fixed(seconds / 60, 0)) min" }
    return "\(TextCell.fixed(seconds / 3_600, 0)) h"
  }
}
