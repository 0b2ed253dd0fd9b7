import Sound

/// The posteriors of one clip over time.
public struct Timeline: Sendable {
  /// The meaning of the times.
  public enum Kind: String, Codable, Sendable {
    /// The clip was cut at that time: the posteriors of its beginning.
    case prefix
    /// The time is the middle of a window of a longer clip.
    case window
  }

  /// The meaning of the times.
  public let kind: Kind
  /// The times in seconds, in increasing order.
  public let times: [Double]
  /// (times, C): probabilities in the order of the model's labels; with more classes than
  /// `mostDense`, those below 0.001 are 0.
  public let probabilities: [[Float]]

  /// With more classes than this, small probabilities are not stored.
  static let mostDense = 200

  package init(kind: Kind, times: [Double], probabilities: [[Float]]) {
    (self.kind, self.times) = (kind, times)
    let isDense = probabilities.first?.count ?? 0 <= Self.mostDense
    self.probabilities =
      isDense ? probabilities : probabilities.map { row in row.map { $0 < 0.001 ? 0 : $0 } }
  }
}

extension Classifier {
  /// The probabilities at about twenty times of a clip, or in each window of a longer one.
  ///
  /// - Parameter clip: The clip, at the model's rate.
  /// - Returns: Times and probabilities.
  /// - Throws: `FrontEndError` for a sample that is no number.
  public func timeline(of clip: Clip) throws(FrontEndError) -> Timeline {
    let (samples, rate) = (clip.samples, Double(clip.sampleRate))
    guard samples.count <= model.window.length(sampleRate: clip.sampleRate) else {
      let windows = recogniser.recognised(try recogniser.windows(of: samples))
      return Timeline(
        kind: .window,
        times: windows.map { Double($0.range.lowerBound + $0.range.upperBound) / 2 / rate },
        probabilities: windows.map(\.posteriors))
    }
    let step = max(1, (samples.count + 19) / 20)
    let ends =
      Array(stride(from: min(step, samples.count), to: samples.count, by: step)) + [samples.count]
    var windows: [WindowStream.Window] = []
    for end in ends { windows += try recogniser.windows(of: Array(samples[..<end])) }
    return Timeline(
      kind: .prefix, times: ends.map { Double($0) / rate },
      probabilities: recogniser.posteriors(of: windows.map(\.features)))
  }
}
