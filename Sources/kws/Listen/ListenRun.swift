import Glibc
import KeywordSpotting

/// Recognises inputs one after the other and passes findings to the sinks.
struct ListenRun {
  /// The main loop looks for signals so often, in seconds.
  private static let patience = 0.03
  /// A pipe or device that brings nothing for so long is told, in seconds.
  private static let longSilence = 5.0

  let classifier: Classifier
  /// The channel that was asked for.
  let channel: Int?
  let near: Float?
  let gate: EnergyGate?
  let sinks: EventSinks
  let quiet: Bool
  private var counts = ListeningCounts()
  private var view: StatusLine

  init(
    _ classifier: Classifier, channel: Int?, near: Float?, gate: EnergyGate?, sinks: EventSinks,
    quiet: Bool
  ) {
    (self.classifier, self.channel, self.near) = (classifier, channel, near)
    (self.gate, self.sinks, self.quiet) = (gate, sinks, quiet)
    view = StatusLine(labels: classifier.model.labels, quiet: quiet)
  }

  /// Recognises one input to its end, or until a signal arrives.
  ///
  /// - Throws: `InputError` if it cannot be read, and errors of the sinks.
  mutating func recognise(_ input: ListenInput, number: Int, of total: Int) throws {
    let reader = try input.reader(classifier, channel: channel)
    view.begin(input, number: number, of: total)
    defer { view.clear() }
    var active: ActiveInput?
    var last = ContinuousClock.now
    var isSilent = false
    while !Interruption.isRequested {
      guard let piece = reader.next(within: Self.patience) else {
        let isLong = (ContinuousClock.now - last) / .seconds(1) > Self.longSilence
        if isLong, !isSilent, !quiet, active != nil {
          view.remark(
            "\(input.source.name): no sound has arrived for \(TextCell.fixed(Self.longSilence, 0)) s"
          )
        }
        isSilent = isLong
        continue
      }
      (last, isSilent) = (.now, false)
      switch piece {
      case .begin(let origin):
        if let before = active { try tell(before.listener.finish(), input, before) }
        active = begin(origin, input, after: active)
      case .samples(let samples, let arrived):
        try recognise(samples, input, &active!, arrived)
      case .gap(let gap):
        counts.add(gap)
        try sinks.tell(gap, from: input.source)
        guard let listener = active?.listener else { continue }
        try tell(listener.resume(at: gap.resumes), input, active!)
      case .end(let error):
        if let active { try finish(active, input) }
        if let error { throw error }
        return
      }
    }
    if let active { try finish(active, input) }
  }

  /// Ends the listening.
  ///
  /// - Returns: The summary as text for people; nil without sound.
  func end() -> String? {
    guard counts.soundSeconds > 0 else { return nil }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let seconds = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    let rest = Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
    return counts.text(processorSeconds: seconds + rest)
  }

  private func begin(
    _ origin: SoundOrigin, _ input: ListenInput, after before: ActiveInput?
  ) -> ActiveInput {
    if case .file = input.kind {} else if !quiet { view.remark(Self.text(origin, before)) }
    let model = classifier.model
    return ActiveInput(
      listener: Listener(
        model, classifier.recogniser, origin.format, channel: channel, near: near, gate: gate,
        origin: before?.listener.seconds ?? 0, historySeconds: sinks.historySeconds),
      format: origin.format)
  }

  private static func text(_ origin: SoundOrigin, _ before: ActiveInput?) -> String {
    return "\(before == nil ? "listening to" : "listening again to") \(origin.name): "
      + "\(origin.format.sampleRate) Hz, \(counted(origin.format.channels, "channel")), \(origin.details)"
  }

  private mutating func recognise(
    _ samples: [Float], _ input: ListenInput, _ active: inout ActiveInput,
    _ arrived: ContinuousClock.Instant
  ) throws {
    counts.soundSeconds +=
      Double(samples.count) / Double(active.format.channels * active.format.sampleRate)
    active.arrived = arrived
    if case .file = input.kind {} else { watch(samples, input, &active) }
    var fault: (any Error)?
    let found = try active.listener.push(samples) { window in
      do { try sinks.add(window, from: input.source) } catch { fault = error }
      counts.add(window)
      view.candidate(window)
    }
    if let fault { throw fault }
    try tell(found, input, active)
    view.show(seconds: active.listener.seconds, level: active.level.decibels, counts)
  }

  /// Says what the level is once it is known, and what is wrong with it.
  private func watch(_ samples: [Float], _ input: ListenInput, _ active: inout ActiveInput) {
    active.level.add(samples)
    let fault = active.watch.add(samples)
    guard !quiet else { return }
    if !active.isLevelTold, active.listener.seconds >= 1 {
      active.isLevelTold = true
      view.remark("\(input.source.name): level \(TextCell.fixed(active.level.meanDecibels, 0)) dB")
    }
    switch fault {
    case .zero:
      view.remark("warning: \(input.source.name): all samples are zero: is the microphone muted?")
    case .flat:
      view.remark("warning: \(input.source.name): the sound is flat: is something connected?")
    case .clipped:
      view.remark("warning: \(input.source.name): the sound is clipped: turn the level down")
    case nil: break
    }
  }

  private mutating func finish(_ active: ActiveInput, _ input: ListenInput) throws {
    var fault: (any Error)?
    let found = try active.listener.finish { window in
      do { try sinks.add(window, from: input.source) } catch { fault = error }
      counts.add(window)
    }
    if let fault { throw fault }
    try tell(found, input, active)
  }

  private mutating func tell(
    _ found: [Finding], _ input: ListenInput, _ active: ActiveInput
  ) throws {
    for finding in found {
      counts.add(finding)
      view.clear()
      try sinks.tell(finding, from: input.source, active.listener, arrived: active.arrived)
    }
  }
}

/// An input that is being recognised.
struct ActiveInput {
  let listener: Listener
  let format: StreamFormat
  var level: InputLevel
  var watch: LevelWatch
  var isLevelTold = false
  /// When the newest samples came.
  var arrived = ContinuousClock.now

  init(listener: Listener, format: StreamFormat) {
    (self.listener, self.format) = (listener, format)
    level = InputLevel(samplesPerSecond: format.sampleRate * format.channels)
    watch = LevelWatch(samplesPerSecond: format.sampleRate * format.channels)
  }
}
