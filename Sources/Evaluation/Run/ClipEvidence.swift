#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Recognition
import Sound

/// The samples of a clip and its posteriors over time, for a person to check the answer.
public struct ClipEvidence: Sendable {
  /// The clip's path in the report.
  public var path: String
  /// Samples, mono, at `sampleRate`; for a long clip only the part around the answer.
  public var samples: [Float]
  /// Sample rate, in Hz.
  public var sampleRate: Int
  /// Start of `samples` in the clip, in seconds.
  public var offset: Double
  /// Length of the whole clip, in seconds.
  public var seconds: Double
  /// Posteriors over time; times count from the start of `samples`.
  public var timeline: Timeline

  /// The longest part of a clip that is kept, in seconds.
  static let longest = 8.0

  /// Makes the evidence for a decoded clip.
  package init(_ path: String, _ clip: Clip, _ classifier: Classifier) {
    self.path = path
    sampleRate = clip.sampleRate
    seconds = clip.seconds
    let count = Int(Self.longest * Double(clip.sampleRate))
    if clip.samples.count > count {
      // The middle of the part is the window that gives the answer.
      let window = try? classifier.classify([.clip(clip)])[0].get().window
      let middle = window.map { ($0.lowerBound + $0.upperBound) / 2 } ?? 0
      let start = Int(middle * Double(clip.sampleRate)) - count / 2
      let first = min(max(0, start), clip.samples.count - count)
      samples = Array(clip.samples[first..<first + count])
      offset = Double(first) / Double(clip.sampleRate)
    } else {
      samples = clip.samples
      offset = 0
    }
    // Decoded samples are always finite.
    timeline = try! classifier.timeline(
      of: Clip(samples: samples, sampleRate: sampleRate, source: clip.source))
  }

  /// A clip to listen to, without a model's posteriors; of a long clip the part around its peak.
  package init(_ path: String, _ clip: Clip) {
    (self.path, sampleRate, seconds) = (path, clip.sampleRate, clip.seconds)
    let count = min(clip.samples.count, Int(Self.longest * Double(clip.sampleRate)))
    let peak = clip.samples.indices.max { abs(clip.samples[$0]) < abs(clip.samples[$1]) } ?? 0
    let first = min(max(0, peak - count / 2), clip.samples.count - count)
    samples = Array(clip.samples[first..<first + count])
    offset = Double(first) / Double(clip.sampleRate)
    timeline = Timeline(kind: .prefix, times: [], probabilities: [])
  }

  /// Looks at a part of a recording, from `offset` on, of `seconds` in all.
  package init(
    _ path: String, _ part: Clip, offset: Double, of seconds: Double, _ classifier: Classifier
  ) {
    (self.path, self.offset, self.seconds) = (path, offset, seconds)
    (samples, sampleRate) = (part.samples, part.sampleRate)
    // A decoder gives numbers only.
    timeline = try! classifier.timeline(of: part)
  }
}

extension ClipEvidence: Codable {
  private enum CodingKeys: String, CodingKey {
    case path, samples, sampleRate, offset, seconds, timeline
  }

  /// Reads the form that `encode` writes; samples are little-endian Floats in base 64.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    path = try values.decode(String.self, forKey: .path)
    let bytes = [UInt8](try values.decode(Data.self, forKey: .samples))
    guard bytes.count % 4 == 0 else {
      throw DecodingError.dataCorruptedError(
        forKey: .samples, in: values, debugDescription: "\(bytes.count) bytes of Floats")
    }
    samples = stride(from: 0, to: bytes.count, by: 4).map { start in
      Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) })
    }
    sampleRate = try values.decode(Int.self, forKey: .sampleRate)
    offset = try values.decode(Double.self, forKey: .offset)
    seconds = try values.decode(Double.self, forKey: .seconds)
    timeline = try values.decode(Timeline.self, forKey: .timeline)
  }

  /// Writes every bit, so that a page from merged parts is the same as the page of the whole.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(path, forKey: .path)
    let bytes = samples.flatMap { sample in
      (0..<4).map { UInt8(truncatingIfNeeded: sample.bitPattern >> UInt32(8 * $0)) }
    }
    try values.encode(Data(bytes), forKey: .samples)
    try values.encode(sampleRate, forKey: .sampleRate)
    try values.encode(offset, forKey: .offset)
    try values.encode(seconds, forKey: .seconds)
    try values.encode(timeline, forKey: .timeline)
  }
}

extension BatchEvaluation {
  /// Decodes the worst of the wrong clips again, so that an evaluation need not keep their samples.
  ///
  /// - Parameters:
  ///   - wrong: Paths of wrong clips, in the order of a report.
  ///   - limit: The most clips.
  /// - Returns: One for each clip that can still be read, in order.
  public func evidence(for wrong: [String], limit: Int) -> [ClipEvidence] {
    let wanted = wrong.prefix(limit)
    let names = Set(wanted)
    var sources: [String: ClipSource] = [:]
    for recording in plan.recordings where names.contains(recording.name) {
      sources[recording.name] = .file(recording.path)
    }
    if names.contains(where: { $0.hasPrefix(Self.cutPrefix) }) {
      let first = plan.recordings.count
      var items = EvaluationItems(plan, first..<first + plan.silenceCount, classifier) { _ in }
      while let part = Optional(items.nextPart(partSize)), !part.isEmpty {
        for item in part where names.contains(item.name) { sources[item.name] = item.source }
      }
    }
    return wanted.compactMap { path in
      guard let source = sources[path], let clip = try? classifier.reader.read(source)
      else { return nil }
      return ClipEvidence(path, clip, classifier)
    }
  }
}
