/// How clips of any length are cut or padded to the network's windows; the same in training and in
/// use.
///
/// A clip keeps its own length up to `maximumSeconds`. A shorter one than `minimumSeconds` is
/// padded with zeros on both sides. Of a longer one, training uses the loudest window. Recognition
/// cuts it into windows every `hopSeconds`; the window with the highest posterior of a keyword
/// gives the clip's answer.
public struct ClipWindow: Codable, Equatable, Sendable {
  /// Shorter clips are padded to this, in seconds.
  public var minimumSeconds: Double
  /// Longer clips are read in windows of this length, in seconds.
  public var maximumSeconds: Double
  /// The hop, from the start of one window to the start of the next, in seconds.
  public var hopSeconds: Double

  /// Makes a rule from three lengths, in seconds.
  public init(minimumSeconds: Double, maximumSeconds: Double, hopSeconds: Double) {
    self.minimumSeconds = minimumSeconds
    self.maximumSeconds = maximumSeconds
    self.hopSeconds = hopSeconds
  }

  /// What is wrong with the numbers, or nil.
  package var problem: String? {
    if !(minimumSeconds >= 0 && minimumSeconds <= maximumSeconds) {
      return "the shortest clip (\(minimumSeconds) s) must lie between 0 and the longest "
        + "(\(maximumSeconds) s)"
    }
    if !(maximumSeconds > 0 && maximumSeconds <= 60) {
      return "the longest clip must lie above 0 and at most at 60 s, not at \(maximumSeconds) s"
    }
    // The limit on the overlap keeps a file from asking for endless work.
    if !(hopSeconds >= maximumSeconds / 100 && hopSeconds <= maximumSeconds) {
      return "the window's hop (\(hopSeconds) s) must lie between a hundredth of the longest clip "
        + "and the longest clip (\(maximumSeconds) s)"
    }
    return nil
  }

  /// `samples` padded with zeros on both sides to the shortest length.
  func padded(_ samples: [Float], sampleRate: Int) -> [Float] {
    let missing = Int(minimumSeconds * Double(sampleRate)) - samples.count
    guard missing > 0 else { return samples }
    let before = missing / 2
    return [Float](repeating: 0, count: before) + samples
      + [Float](repeating: 0, count: missing - before)
  }

  /// Length of a full window, in samples.
  package func length(sampleRate: Int) -> Int { Int(maximumSeconds * Double(sampleRate)) }

  /// The hop in samples, a multiple of the frame hop, so that windows share frames; at most the
  /// length of a window.
  ///
  /// - Parameters:
  ///   - sampleRate: In Hz.
  ///   - frameHop: Samples from the start of one frame to the next.
  /// - Returns: The hop, a multiple of `frameHop`.
  package func hop(sampleRate: Int, frameHop: Int) -> Int {
    let frames = (hopSeconds * Double(sampleRate) / Double(frameHop)).rounded()
    let most = length(sampleRate: sampleRate) / frameHop
    return max(1, min(Int(frames), most)) * frameHop
  }

  /// The window with the most energy, searched in steps of 10 ms; the whole clip if it fits.
  package func loudestWindow(_ samples: [Float], sampleRate: Int) -> Range<Int> {
    let length = length(sampleRate: sampleRate)
    guard samples.count > length else { return 0..<samples.count }
    let step = max(1, sampleRate / 100)
    var cumulative = [0.0]
    cumulative.reserveCapacity(samples.count + 1)
    for sample in samples { cumulative.append(cumulative.last! + Double(sample * sample)) }
    var best = 0
    for start in stride(from: 0, through: samples.count - length, by: step)
    where cumulative[start + length] - cumulative[start]
      > cumulative[best + length] - cumulative[best]
    {
      best = start
    }
    return best..<best + length
  }
}
