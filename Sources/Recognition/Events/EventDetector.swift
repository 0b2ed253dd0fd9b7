/// Turns the answers of a stream's windows into events.
///
/// Listening, long recordings and the count of false alarms all use this rule.
///
/// An event is a run of windows that answer with a keyword. A run that begins at most
/// `mergeSeconds` after the one before it (from window start to window start) belongs to the same
/// event. The keyword that is most probable in one of its windows names the event, so a run that
/// changes between two keywords is one event, not two.
public struct EventDetector: Sendable {
  private let labels: [String]
  private let decision: Decision
  private let mergeSeconds: Double
  /// The event that is not finished yet.
  private var current: Event?
  /// Start of its last window, in seconds.
  private var last = 0.0

  /// Makes a detector at the start of a stream.
  ///
  /// - Parameters:
  ///   - decision: The rule that gives a window's answer.
  ///   - labels: (C), the labels of the classes.
  ///   - mergeSeconds: The longest pause within an event.
  public init(
    _ decision: Decision, labels: [String], mergeSeconds: Double = 1
  ) {
    (self.decision, self.labels, self.mergeSeconds) = (decision, labels, mergeSeconds)
  }

  /// Adds the next window.
  ///
  /// - Parameters:
  ///   - posteriors: (C), in the order of the labels.
  ///   - seconds: Its start and end.
  /// - Returns: The event that ended before this window, if any.
  public mutating func push(_ posteriors: [Float], _ seconds: ClosedRange<Double>) -> Event? {
    let answer = decision.answer(posteriors, labels: labels)
    let isPause = seconds.lowerBound - last > mergeSeconds
    guard ClassLabel.isKeyword(answer) else { return isPause ? finish() : nil }
    let probability = posteriors[labels.firstIndex(of: answer)!]
    defer { last = seconds.lowerBound }
    guard var event = current, !isPause else {
      defer {
        current = Event(label: answer, probability: probability, seconds: seconds, windowCount: 1)
      }
      return finish()
    }
    event.seconds = event.seconds.lowerBound...seconds.upperBound
    event.windowCount += 1
    if probability > event.probability { (event.label, event.probability) = (answer, probability) }
    current = event
    return nil
  }

  /// Ends the stream.
  ///
  /// - Returns: The last event, if it was not finished yet.
  public mutating func finish() -> Event? {
    defer { current = nil }
    return current
  }
}

extension EventDetector {
  /// The events of a whole recording; their ends are the starts of their last windows.
  package static func events(
    in windows: [Classification.Window], decision: Decision, labels: [String]
  ) -> [Event] {
    var detector = EventDetector(decision, labels: labels)
    var events = windows.compactMap { detector.push($0.probabilities, $0.start...$0.start) }
    if let event = detector.finish() { events.append(event) }
    return events
  }
}
