/// Makes one channel at one rate of interleaved samples at another, piece by piece.
///
/// A file that `AudioReader` reads gives the same samples, bit for bit, however the stream was cut.
package final class StreamConverter {
  private let channels: Int
  private let mixer: Mixer
  private var resampler: Resampler
  /// Samples of a frame that has not come whole.
  private var rest: [Float] = []

  /// - Parameters:
  ///   - format: What comes in.
  ///   - sampleRate: The rate that goes out, in Hz.
  ///   - channel: The channel to keep, from 1; nil takes the mean of all.
  package init(_ format: StreamFormat, to sampleRate: Int, channel: Int?) {
    precondition(
      channel.map { (1...format.channels).contains($0) } ?? true,
      "channel \(channel ?? 0) of \(format.channels)")
    channels = format.channels
    mixer = Mixer(channels: format.channels, channel: channel)
    resampler = Resampler(from: format.sampleRate, to: sampleRate)
  }

  /// Takes in any number of interleaved samples, and gives what they make.
  package func push(_ samples: [Float]) -> [Float] {
    let whole = rest.isEmpty ? samples : rest + samples
    let frames = whole.count / channels
    rest = Array(whole[(frames * channels)...])
    resampler.push(mixer.mix(whole, frames: frames))
    return resampler.take()
  }

  /// Ends the stream, and gives what is left of it; a frame that is not whole is dropped.
  package func finish() -> [Float] {
    rest = []
    return resampler.finish()
  }
}
