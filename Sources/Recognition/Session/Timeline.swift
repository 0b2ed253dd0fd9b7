import Neural
import Sound

/// How the answer to one clip comes about over time.
public struct Timeline: Codable, Sendable {
  /// What a time in it means.
  public enum Kind: String, Codable, Sendable {
    /// The clip was cut off at that time: what had been heard so far.
    case prefix
    /// The middle of a window of a longer clip.
    case window
  }

  /// What the times mean.
  public let kind: Kind
  /// In seconds, rising.
  public let times: [Double]
  /// (times, C): probabilities in the order of the model's labels.
  public let probabilities: [[Float]]
}

extension Classifier {
  /// The probabilities at about twenty times of a clip, or in each window of a longer one.
  ///
  /// - Parameter clip: At the model's rate.
  /// - Returns: Times and probabilities.
  public func timeline(of clip: Clip) -> Timeline {
    let rate = Double(clip.sampleRate)
    let ranges = model.window.windows(
      sampleCount: clip.samples.count, sampleRate: clip.sampleRate)
    let isLong = ranges.count > 1
    let cuts: [Range<Int>]
    if isLong {
      cuts = ranges
    } else {
      let step = max(1, (clip.samples.count + 19) / 20)
      cuts =
        stride(from: min(step, clip.samples.count), to: clip.samples.count, by: step).map {
          0..<$0
        } + [0..<clip.samples.count]
    }
    let features = frontEnds.lend { frontEnd in
      cuts.map { cut in
        ClipFeatures.features(
          of: Array(clip.samples[cut]), window: model.window, frontEnd: frontEnd)
      }
    }
    return Timeline(
      kind: isLong ? .window : .prefix,
      times: cuts.map { cut in
        Double(isLong ? (cut.lowerBound + cut.upperBound) / 2 : cut.upperBound) / rate
      },
      probabilities: probabilities(features, Inference(model.network, threads: 1)))
  }
}
