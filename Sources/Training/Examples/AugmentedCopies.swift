import Basics
import Datasets
import Sound
import SystemPackage

/// Copies of one clip as a training would change them, to be listened to.
public struct AugmentedCopies: Sendable {
  /// What is done to the clip.
  public var options: AugmentationOptions
  /// Where noise is cut from; nil generates it.
  public var noiseFolder: FilePath?
  /// Decides every draw.
  public var seed: UInt64

  /// Copies by `options`.
  public init(_ options: AugmentationOptions, noiseFolder: FilePath?, seed: UInt64) {
    (self.options, self.noiseFolder, self.seed) = (options, noiseFolder, seed)
  }

  /// Makes `count` copies of `clip`; each depends on the seed and its own number alone.
  ///
  /// - Parameters:
  ///   - clip: At its own rate.
  ///   - count: How many.
  ///   - warn: Told of noise that cannot be read.
  /// - Returns: Samples at the clip's rate.
  /// - Throws: `FileError` if the folder of noise cannot be read.
  public func make(
    of clip: Clip, count: Int, warn: (String) -> Void
  ) throws(FileError) -> [[Float]] {
    let noise = NoiseLibrary(
      try noiseFolder.map(NoiseRecording.below) ?? [],
      reader: ClipReader(AudioDecoder(sampleRate: clip.sampleRate), workers: nil), warn: warn)
    let streams = RandomStreams(seed: seed)
    return (0..<count).map { place in
      var generator = streams.example(epoch: 1, place: place)
      return options.augmented(
        clip.samples, sampleRate: clip.sampleRate,
        noise: noise.cut(clip.samples.count, for: .training, using: &generator), using: &generator)
    }
  }
}
