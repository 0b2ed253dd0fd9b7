#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Recognition
import Sound

/// What a person needs to judge one clip: its sound, a picture of it, and what was heard when.
public struct ClipEvidence: Sendable {
  /// The clip's path in the report.
  public var path: String
  /// Mono, at `sampleRate`; of a long clip the part around the answer.
  public var samples: [Float]
  /// In Hz.
  public var sampleRate: Int
  /// Where `samples` begin in the clip, in seconds.
  public var offset: Double
  /// Length of the whole clip, in seconds.
  public var seconds: Double
  /// Probabilities over time; times count from the begin of `samples`.
  public var timeline: Timeline

  /// Longer clips are shown in part, in seconds.
  static let longest = 8.0

  /// Looks at a clip that the classifier has decoded.
  package init(_ path: String, _ clip: Clip, _ classifier: Classifier) {
    self.path = path
    sampleRate = clip.sampleRate
    seconds = clip.seconds
    let count = Int(Self.longest * Double(clip.sampleRate))
    if clip.samples.count > count {
      // The model chooses: the middle of the part is the window that answers.
      let heard = try? classifier.classify([.clip(clip)])[0].get().window
      let middle = heard.map { ($0.lowerBound + $0.upperBound) / 2 } ?? 0
      let start = Int(middle * Double(clip.sampleRate)) - count / 2
      let first = min(max(0, start), clip.samples.count - count)
      samples = Array(clip.samples[first..<first + count])
      offset = Double(first) / Double(clip.sampleRate)
    } else {
      samples = clip.samples
      offset = 0
    }
    // A decoder gives numbers only.
    timeline = try! classifier.timeline(
      of: Clip(samples: samples, sampleRate: sampleRate, source: clip.source))
  }
}

extension ClipEvidence: Codable {
  private enum CodingKeys: String, CodingKey {
    case path, samples, sampleRate, offset, seconds, timeline
  }

  /// Reads what `encode` wrote; samples are little-endian Floats in base 64.
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

  /// Writes every bit, so that a page from parts is the page that the whole would have given.
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
  /// Looks again at the worst of the wrong clips, so that a run need not keep the sound of any.
  ///
  /// - Parameters:
  ///   - wrong: Paths of wrong clips, in the order of a report.
  ///   - limit: How many to look at.
  /// - Returns: One for each that can still be read, in their order.
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
