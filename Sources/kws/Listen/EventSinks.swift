import Glibc
import KeywordSpotting
import SystemPackage

/// Where what was heard goes: lines, a table of scores, files of sound, and programs.
final class EventSinks {
  /// How much before each event is kept, in seconds.
  let preroll: Double
  /// Events that could not be kept or for which no program ran.
  private(set) var failures = 0

  private let view: EventView
  private let isLive: Bool
  private let scores: ScoreTable?
  private let saver: EventSaver?
  private let command: EventCommand?

  /// - Parameter isLive: Whether an input is live: its programs are then never waited for.
  init(_ options: ListenOutputOptions, _ model: KeywordModel, isLive: Bool) throws {
    self.isLive = isLive
    preroll = options.preroll
    view = EventView(isJSON: options.json)
    saver = try options.save.map {
      try EventSaver(RawArguments.path($0), sampleRate: model.frontEnd.sampleRate)
    }
    command = try options.exec.map { try EventCommand(RawArguments.path($0)) }
    scores = try options.scores.map { try ScoreTable(RawArguments.path($0), labels: model.labels) }
  }

  /// Whether events need their sound.
  var keepsSound: Bool { saver != nil }

  /// Notes a window.
  func add(_ window: Listener.Window, from input: ListenInput) throws {
    try scores?.add(window, from: input.name)
  }

  /// Tells of an event or a near miss.
  func tell(_ finding: Finding, from input: ListenInput, _ heard: HeardInput) throws {
    var told = ToldEvent(input)
    if input.isLive {
      told.date = Machine.preciseDate
      told.latency = (ContinuousClock.now - heard.arrived) / .milliseconds(1)
    }
    if case .event(let event) = finding { told.file = save(event, input, heard) }
    try StandardOutput.write(view.text(finding, told))
    try StandardOutput.flush()
    if case .event(let event) = finding { run(event, told) }
  }

  /// Tells of sound that was lost.
  func tell(_ gap: SoundGap, from input: ListenInput) throws {
    let text = view.text(gap, ToldEvent(input, date: Machine.preciseDate))
    if let json = text.json { try StandardOutput.line(json) }
    try StandardOutput.flush()
    StandardError.line("kws: \(text.line)")
  }

  /// Writes what waits.
  func finish() throws { try scores?.flush() }

  private func save(_ event: Event, _ input: ListenInput, _ heard: HeardInput) -> FilePath? {
    guard let saver else { return nil }
    let start = max(0, event.seconds.lowerBound - preroll)
    let end = max(start, min(event.seconds.upperBound, heard.listener.seconds))
    do {
      return try saver.save(
        heard.listener.samples(in: start...end), label: event.label, recording: input.recording,
        seconds: start)
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
      fail("\(EventCommand.mostRunning) programs are still running: none for \(event.label)")
    case .failed(let reason): fail("no program for \(event.label): \(reason)")
    }
  }

  private func fail(_ text: String) {
    failures += 1
    // A full disk shall not fill the terminal too.
    if failures <= 10 { StandardError.line("kws: \(text)") }
  }
}
