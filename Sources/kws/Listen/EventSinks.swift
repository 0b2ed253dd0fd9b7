import Glibc
import KeywordSpotting
import SystemPackage

/// The outputs of `kws listen`: lines, a table of scores, files of sound, and programs.
final class EventSinks {
  /// How much before each event is kept, in seconds.
  let preroll: Double
  /// Events that could not be kept or for which no program ran.
  private(set) var failures = 0

  private let view: EventView
  private let isLive: Bool
  private let prints: Bool
  private let scores: ScoreTable?
  private let saver: EventSaver?
  private let command: EventCommand?

  /// Opens what events are written to.
  ///
  /// - Parameters:
  ///   - options: What was asked for.
  ///   - model: The model that listens.
  ///   - isLive: Whether an input is live: its programs are then never waited for.
  ///   - prints: Whether events are lines on standard output.
  /// - Throws: `FileError` if a folder or file cannot be written.
  init(
    _ options: ListenOutputOptions, _ model: KeywordModel, isLive: Bool, prints: Bool = true
  ) throws {
    (self.isLive, self.prints) = (isLive, prints)
    preroll = options.preroll
    view = EventView(isJSON: options.json)
    saver = try options.save.map {
      try EventSaver(RawArguments.path($0), sampleRate: model.frontEnd.sampleRate)
    }
    command = try options.exec.map { try EventCommand(RawArguments.path($0)) }
    scores = try options.scores.map { try ScoreTable(RawArguments.path($0), labels: model.labels) }
  }

  /// How much sound listeners have to keep, in seconds.
  var historySeconds: Double { saver == nil ? 0 : Self.longestEvent + preroll }

  /// Of longer events only the end is kept, in seconds.
  private static let longestEvent = 30.0

  /// Notes a window.
  func add(_ window: Listener.Window, from source: EventSource) throws {
    try scores?.add(window, from: source.name)
  }

  /// Tells of an event or a near miss.
  func tell(
    _ finding: Finding, from source: EventSource, _ listener: Listener,
    arrived: ContinuousClock.Instant
  ) throws {
    var told = ToldEvent(source)
    if source.isLive {
      told.date = Machine.preciseDate
      told.latency = (ContinuousClock.now - arrived) / .milliseconds(1)
    }
    if case .event(let event) = finding { told.file = save(event, told, listener) }
    if prints {
      try StandardOutput.write(view.text(finding, told))
      try StandardOutput.flush()
    }
    if case .event(let event) = finding { run(event, told) }
  }

  /// Tells of sound that was lost.
  func tell(_ gap: SoundGap, from source: EventSource) throws {
    let text = view.text(gap, ToldEvent(source, date: Machine.preciseDate))
    if let json = text.json { try StandardOutput.line(json) }
    try StandardOutput.flush()
    StandardError.line("kws: \(text.line)")
  }

  /// Writes what waits.
  func finish() throws { try scores?.flush() }

  private func save(_ event: Event, _ told: ToldEvent, _ listener: Listener) -> FilePath? {
    guard let saver else { return nil }
    let start = max(0, event.seconds.lowerBound - preroll)
    let end = max(start, min(event.seconds.upperBound, listener.seconds))
    do {
      return try saver.save(
        listener.samples(in: start...end), of: event, recording: told.source.recording,
        seconds: start, source: told.source.name, time: told.date)
    } catch {
      fail("\(error)")
      return nil
    }
  }

  private func run(_ event: Event, _ told: ToldEvent) {
    guard let command else { return }
    // A recording can wait; what is live cannot.
    while !isLive, command.runningCount >= EventCommand.mostRunning, !Interruption.isRequested {
      usleep(5_000)
    }
    switch command.run(EventView.variables(event, told)) {
    case .started: break
    case .tooMany:
      fail(
        "\(EventCommand.mostRunning) programs are still running: none was started for \(event.label)"
      )
    case .failed(let reason): fail("the program was not started for \(event.label): \(reason)")
    }
  }

  private func fail(_ text: String) {
    failures += 1
    // A full disk shall not fill the terminal too.
    if failures <= 10 { StandardError.line("kws: \(text)") }
  }
}
