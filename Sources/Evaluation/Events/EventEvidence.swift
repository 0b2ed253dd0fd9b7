import Basics
import Recognition
import Sound

/// Sound and scores around wrong events and missed words, in the order of a report.
public struct EventEvidence: Sendable {
  /// By wrong event; nil where the recording cannot be read any more.
  public var wrong: [ClipEvidence?] = []
  /// By missed word; nil if the recording can no longer be read.
  public var missed: [ClipEvidence?] = []

  /// Without evidence.
  public init() {}
}

extension EventEvaluation {
  /// What is shown before and after an event or word, in seconds.
  private static let margin = 1.5

  /// Looks again at the first wrong events and missed words of a report, half of `limit` each.
  public func evidence(for report: EventReport, limit: Int) -> EventEvidence {
    let paths = Dictionary(plan.items.map { ($0.name, $0.path) }) { first, _ in first }
    func clips(_ places: [(path: String, seconds: ClosedRange<Double>)]) -> [ClipEvidence?] {
      Parallel.map(places.count, threads: classifier.threads) { index, _ in
        let place = places[index]
        guard let path = paths[place.path] else { return nil }
        return classifier.evidence(
          of: .file(path), named: place.path,
          max(0, place.seconds.lowerBound - Self.margin)...place.seconds.upperBound + Self.margin)
      }
    }
    var evidence = EventEvidence()
    let half = (limit + 1) / 2
    evidence.wrong = clips(
      report.wrongEvents.prefix(half).map { ($0.path, $0.start...max($0.start, $0.decided)) })
    evidence.missed = clips(
      report.missedWords.prefix(limit - half).map { word in
        guard let start = word.start, let end = word.end else { return (word.path, 0...8) }
        return (word.path, start...end)
      })
    return evidence
  }
}

extension Classifier {
  /// Sound and scores of a part of a recording, in seconds; nil where it cannot be read.
  func evidence(
    of source: ClipSource, named name: String, _ seconds: ClosedRange<Double>
  ) -> ClipEvidence? {
    let rate = model.frontEnd.sampleRate
    let wanted = Int(seconds.lowerBound * Double(rate))..<Int(seconds.upperBound * Double(rate))
    var samples: [Float] = []
    var count = 0
    guard
      let found = try? reader.read(
        source, begin: { (samples, count) = ([], 0) },
        take: { block in
          let part = wanted.clamped(to: count..<count + block.count)
          samples += block[(part.lowerBound - count)..<(part.upperBound - count)]
          count += block.count
        })
    else { return nil }
    guard !samples.isEmpty else { return nil }
    let clip = Clip(samples: samples, sampleRate: rate, source: found.source)
    return ClipEvidence(
      name, clip, offset: Double(wanted.lowerBound) / Double(rate),
      of: Double(count) / Double(rate), self)
  }
}
