import Basics
import Datasets
import Sound
import SystemPackage

/// Augmented copies of one clip, to listen to.
public struct AugmentedCopies: Sendable {
  /// The training; its augmentation, folder of noise and seed count here.
  public var options: TrainingOptions

  /// Copies as the training with `options` makes them, of a word of a hundred speakers or more.
  public init(_ options: TrainingOptions) { self.options = options }

  /// Makes `count` copies of `clip`; each depends only on the seed and its number.
  ///
  /// - Parameters:
  ///   - clip: The clip, at its own rate.
  ///   - count: Number of copies.
  ///   - warn: Called with an error for noise that cannot be read.
  /// - Returns: Samples at the clip's rate.
  /// - Throws: `TrainingError` for impossible options, or if the folder of noise cannot be read.
  public func make(
    of clip: Clip, count: Int, warn: (String) -> Void
  ) throws(TrainingError) -> [[Float]] {
    if let problem = options.problem { throw .option(problem) }
    let recordings: [NoiseRecording]
    do { recordings = try options.noiseFolder.map(NoiseRecording.below) ?? [] } catch {
      throw .file(error)
    }
    let noise = NoiseLibrary(
      recordings, reader: ClipReader(AudioDecoder(sampleRate: clip.sampleRate), workers: nil),
      warn: warn)
    let streams = RandomStreams(seed: options.seed)
    return (0..<count).map { place in
      var generator = streams.example(epoch: 1, place: place)
      return options.augmentation.augmented(
        clip.samples, sampleRate: clip.sampleRate,
        noise: noise.background(clip.samples.count, using: &generator), using: &generator)
    }
  }
}
