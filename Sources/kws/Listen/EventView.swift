import KeywordSpotting
import SystemPackage

/// What is told of an event beside itself.
struct ToldEvent {
  let source: EventSource
  /// The time of day at which it was told, of live sound.
  var date: String?
  /// From the arrival of the sound that decided it, in milliseconds, of live sound.
  var latency: Double?
  /// Its sound.
  var file: FilePath?

  init(_ source: EventSource, date: String? = nil) { (self.source, self.date) = (source, date) }
}

/// Events as lines for people or as JSON.
struct EventView {
  let isJSON: Bool

  /// A line, with its end.
  func text(_ finding: Finding, _ told: ToldEvent) -> String {
    (isJSON ? Self.json(finding, told) : Self.line(finding, told)) + "\n"
  }

  /// `14:03:21  0:00:12.25  yes  97.1%`, of live sound with the time of day.
  private static func line(_ finding: Finding, _ told: ToldEvent) -> String {
    let clock = told.date.map { "\($0.split(separator: "T").last!.prefix(8))  " } ?? ""
    let name = told.source.isAlone ? "" : "\(TextCell.visible(told.source.name)): "
    switch finding {
    case .event(let event):
      return clock + name + "\(time(event.seconds.lowerBound))  \(TextCell.visible(event.label))  "
        + TextCell.percent(Double(event.probability))
    case .nearMiss(let miss):
      return clock + name + "\(time(miss.seconds.lowerBound))  (\(TextCell.visible(miss.label)) "
        + "\(TextCell.percent(Double(miss.probability))): \(reason(miss)))"
    }
  }

  private static func reason(_ miss: NearMiss) -> String {
    switch miss.reason {
    case .belowThreshold:
      "below its threshold of \(TextCell.percent(Double(miss.threshold)))"
    case .notLikeliest: "another class was more probable"
    case .tooFewWindows:
      "too few windows: \(miss.windowCount) in a row reached \(TextCell.percent(Double(miss.threshold)))"
    case .refractory: "within the refractory time of another event"
    }
  }

  /// `1:02:03.45`.
  static func time(_ seconds: Double) -> String {
    let hundredths = Int((seconds * 100).rounded())
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
    return "\(hundredths / 360_000):\(two(hundredths / 6_000 % 60)):\(two(hundredths / 100 % 60))."
      + two(hundredths % 100)
  }

  /// One object: stable keys, `version` names this schema.
  private static func json(_ finding: Finding, _ told: ToldEvent) -> String {
    switch finding {
    case .event(let event):
      return object(
        "event",
        [
          ("label", JSONText.string(event.label)), ("probability", number(event.probability)),
          ("start", seconds(event.seconds.lowerBound)), ("end", seconds(event.seconds.upperBound)),
          ("decided", seconds(event.decided)), ("windows", "\(event.windowCount)"),
          ("file", told.file.map { JSONText.string($0.displayName) } ?? "null"),
        ], told)
    case .nearMiss(let miss):
      return object(
        "nearMiss",
        [
          ("label", JSONText.string(miss.label)), ("probability", number(miss.probability)),
          ("start", seconds(miss.seconds.lowerBound)), ("end", seconds(miss.seconds.upperBound)),
          ("decided", seconds(miss.decided)), ("windows", "\(miss.windowCount)"),
          ("reason", JSONText.string(miss.reason.rawValue)), ("threshold", number(miss.threshold)),
        ], told)
    }
  }

  /// Sound that was lost: a line for standard error, and an object where these are asked for.
  func text(_ gap: SoundGap, _ told: ToldEvent) -> (line: String, json: String?) {
    let name = told.source.name
    let (kind, reason, line) =
      switch gap.reason {
      case .overrun:
        ("overrun", "null", "\(name): overrun at \(Self.time(gap.resumes)): sound was lost")
      case .lost(let words):
        (
          "lost", JSONText.string(words),
          "\(name): the device was lost (\(words)); it is reopened when it is back"
        )
      }
    guard isJSON else { return (line, nil) }
    return (
      line, Self.object(kind, [("at", Self.seconds(gap.resumes)), ("reason", reason)], told)
    )
  }

  private static func object(
    _ kind: String, _ members: [(key: String, value: String)], _ told: ToldEvent
  ) -> String {
    let all =
      [("version", "1"), ("kind", JSONText.string(kind))] + members + [
        ("source", JSONText.string(told.source.name)),
        ("time", told.date.map(JSONText.string) ?? "null"),
        ("latency", told.latency.map { TextCell.fixed($0, 1) } ?? "null"),
      ]
    return "{" + all.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
  }

  /// What a program is told of an event.
  static func variables(_ event: Event, _ told: ToldEvent) -> [(name: String, value: [UInt8])] {
    let texts = [
      ("KWS_LABEL", event.label), ("KWS_PROBABILITY", number(event.probability)),
      ("KWS_START", seconds(event.seconds.lowerBound)),
      ("KWS_END", seconds(event.seconds.upperBound)), ("KWS_DECIDED", seconds(event.decided)),
      ("KWS_TIME", told.date ?? ""),
    ]
    return texts.map { ($0.0, Array($0.1.utf8)) } + [
      ("KWS_SOURCE", told.source.bytes), ("KWS_FILE", told.file?.bytes ?? []),
    ]
  }

  private static func number(_ value: Float) -> String { TextCell.fixed(Double(value), 6) }
  private static func seconds(_ value: Double) -> String { TextCell.fixed(value, 3) }
}
