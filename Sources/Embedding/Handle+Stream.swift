import CKws
import Recognition
import Sound

extension Handle {
  /// Adds interleaved samples to the stream.
  func push(_ samples: [Float]) throws(CallError) {
    let ready = try ready.get()
    if let end { throw end }
    try Self.check(samples, ready.sound)
    try take(ready) { () throws(FrontEndError) in try ready.listener.push(samples) }
  }

  /// Ends the stream.
  func finish() throws(CallError) {
    let ready = try ready.get()
    if let end { throw end }
    try take(ready) { () throws(FrontEndError) in try ready.listener.finish() }
    end = .wrongUse("the stream has ended: call kws_reset before more samples")
  }

  /// Starts a new stream.
  func reset() throws(CallError) {
    _ = try ready.get().listener.resume(at: 0)
    (events, nextEvent, end) = ([], 0, nil)
  }

  /// The next event that was not taken.
  func next() throws(CallError) -> kws_event? {
    let ready = try ready.get()
    guard nextEvent < events.count else { return nil }
    let event = events[nextEvent]
    nextEvent += 1
    if nextEvent == events.count { (events, nextEvent) = ([], 0) }
    // An event's label is one of the model's.
    let index = ready.model.labels.firstIndex(of: event.label)!
    return kws_event(
      size: 0, label: ready.labels[index], start: event.seconds.lowerBound,
      end: event.seconds.upperBound, decided: event.decided, probability: event.probability,
      class_index: Int32(index))
  }

  private func take(
    _ ready: Ready, _ findings: () throws(FrontEndError) -> [Finding]
  ) throws(CallError) {
    do { events += try findings().compactMap(\.event) } catch {
      // What a front end keeps after an error is not defined.
      end = .badData("\(error): call kws_reset before more samples")
      throw end!
    }
  }

  /// Refuses samples that cannot be audio.
  static func check(_ samples: [Float], _ sound: Sound) throws(CallError) {
    do {
      try AudioLimits.check(samples, name: "samples", channels: sound.format.channels, before: 0)
    } catch { throw CallError(error) }
  }
}
