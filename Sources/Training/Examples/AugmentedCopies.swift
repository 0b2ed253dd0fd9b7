import Basics
import Datasets
import Sound
import SystemPackage

/// Augmented copies of one clip, to listen to.
public struct AugmentedCopies: Sendable {
  /// The augmentation options.
  public var options: AugmentationOptions
  /// Folder of noise recordings; nil generates noise.
  public var noiseFolder: FilePath?
  /// The seed of all random draws.
  public var seed: UInt64

  /// Makes copies with `options`.
  public init(_ options: AugmentationOptions, noiseFolder: FilePath?, seed: UInt64) {
    (self.options, self.noiseFolder, self.seed) = (options, noiseFolder, seed)
  }

  /// Makes `count` copies of `clip`; each depends only on the seed and its number.
  ///
  /// - Parameters:
  ///   - clip: The clip, at its own rate.
  ///   - count: Number of copies.
  ///   - warn: Called with an error for noise that cannot be read.
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
