/// Converts interleaved samples to one channel at another rate, piece by piece.
///
/// The samples are the same, bit for bit, as `AudioReader` gives for a file, for any division into
/// pieces.
package final class StreamConverter {
  private let channels: Int
  private let mixer: Mixer
  private var resampler: Resampler
  /// Samples of an incomplete frame.
  private var rest: [Float] = []

  /// - Parameters:
  ///   - format: The format of the input.
  ///   - sampleRate: The rate of the output, in Hz.
  ///   - channel: The channel to read, from 1; nil means the mean of all.
  package init(_ format: StreamFormat, to sampleRate: Int, channel: Int?) {
    precondition(
      channel.map { (1...format.channels).contains($0) } ?? true,
      "channel \(channel ?? 0) of \(format.channels)")
    channels = format.channels
    mixer = Mixer(channels: format.channels, channel: channel)
    resampler = Resampler(from: format.sampleRate, to: sampleRate)
  }

  /// Adds any number of interleaved samples, and returns the converted ones.
  package func push(_ samples: [Float]) -> [Float] {
    let whole = rest.isEmpty ? samples : rest + samples
    let frames = whole.count / channels
    rest = Array(whole[(frames * channels)...])
    resampler.push(mixer.mix(whole, frames: frames))
    return resampler.take()
  }

  /// Ends the stream, and returns the last samples; an incomplete frame is dropped.
  package func finish() -> [Float] {
    rest = []
    return resampler.finish()
  }
}
