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
  init(_ path: String, _ clip: Clip, _ classifier: Classifier) {
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
    timeline = classifier.timeline(
      of: Clip(samples: samples, sampleRate: sampleRate, source: clip.source))
  }
}

extension BatchEvaluation {
  /// Looks again at the worst of the wrong clips, so that a run need not keep the sound of any.
  ///
  /// - Parameters:
  ///   - wrong: The wrong clips of a report.
  ///   - limit: How many to look at.
  /// - Returns: One for each that can still be read, in their order.
  public func evidence(for wrong: [WrongClip], limit: Int) -> [ClipEvidence] {
    let wanted = wrong.prefix(limit).map(\.path)
    let names = Set(wanted)
    var sources: [String: ClipSource] = [:]
    for recording in plan.recordings where names.contains(recording.name) {
      sources[recording.name] = .file(recording.path)
    }
    if names.contains(where: { $0.hasPrefix(Self.cutPrefix) }) {
      for (index, clip) in silence({ _ in }).enumerated() {
        sources["\(Self.cutPrefix)\(index + 1)"] = .clip(clip)
      }
    }
    return wanted.compactMap { path in
      guard let source = sources[path], let clip = try? classifier.reader.read(source)
      else { return nil }
      return ClipEvidence(path, clip, classifier)
    }
  }
}
