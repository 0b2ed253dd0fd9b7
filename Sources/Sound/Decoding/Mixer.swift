/// Turns interleaved frames into one channel: the mean of all, or a chosen one.
struct Mixer {
  private let channels: Int
  private let channel: Int?

  /// `channel` counts from 1; nil means the mean of all.
  init(channels: Int, channel: Int?) {
    self.channels = channels
    self.channel = channel
  }

  /// The first `frames` frames of an interleaved block, as one channel.
  func mix(_ block: [Float], frames: Int) -> [Float] {
    if channels == 1 { return Array(block[..<frames]) }
    if let channel {
      return (0..<frames).map { block[$0 * channels + channel - 1] }
    }
    let share = 1 / Float(channels)
    return (0..<frames).map { frame in
      var sum: Float = 0
      for index in frame * channels..<(frame + 1) * channels { sum += block[index] }
      return sum * share
    }
  }
}
