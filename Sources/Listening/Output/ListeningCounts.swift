import Basics
import Recognition

/// What a listening has come to.
public struct ListeningCounts: Sendable {
  /// Events by word.
  public private(set) var events: [String: Int] = [:]
  /// Near misses that were told.
  public private(set) var nearMisses = 0
  /// How often sound came faster than it was taken.
  public internal(set) var overruns = 0
  /// How often the device went.
  public internal(set) var losses = 0
  /// Windows, and those of them that the gate left out.
  public private(set) var (windows, quietWindows) = (0, 0)
  /// Recognised sound, in seconds.
  public var soundSeconds = 0.0

  /// Nothing yet.
  public init() {}

  /// Counts a finding.
  public mutating func add(_ finding: Finding) {
    switch finding {
    case .event(let event): events[event.label, default: 0] += 1
    case .nearMiss: nearMisses += 1
    }
  }

  /// Counts a window.
  public mutating func add(_ window: Listener.Window) {
    windows += 1
    if window.isQuiet { quietWindows += 1 }
  }

  /// Counts sound that was lost.
  public mutating func add(_ gap: SoundGap) {
    switch gap.reason {
    case .overrun: overruns += 1
    case .lost: losses += 1
    }
  }

  /// Events by word, for people: `no 3, yes 12`.
  public var words: String {
    if events.isEmpty { return "no events" }
    return events.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      .joined(separator: ", ")
  }

  /// The summary as text for people: `2.00 h of sound: yes 12, no 3; 1 overrun; real-time factor 0.021`.
  ///
  /// - Parameter processorSeconds: Processor time that the listening took, in seconds.
  /// - Returns: The line.
  public func text(processorSeconds: Double) -> String {
    var parts = [words]
    func count(_ number: Int, _ one: String, _ many: String) {
      if number > 0 { parts.append("\(number) \(number == 1 ? one : many)") }
    }
    count(nearMisses, "near miss", "near misses")
    count(overruns, "overrun", "overruns")
    count(losses, "device lost", "times the device lost")
    if quietWindows > 0 {
      parts.append(
        "\(TextCell.percent(Double(quietWindows) / Double(windows))) of the windows below the gate")
    }
    if soundSeconds > 0 {
      parts.append("real-time factor \(TextCell.fixed(processorSeconds / soundSeconds, 4))")
    }
    let hours = soundSeconds / 3_600
    let length =
      hours >= 1 ? "\(TextCell.fixed(hours, 2)) h" : "\(TextCell.fixed(soundSeconds, 1)) s"
    return "\(length) of sound: " + parts.joined(separator: "; ")
  }
}
