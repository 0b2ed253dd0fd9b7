import Basics
import Datasets
import Recognition
import Sound
import SystemPackage

extension PreparedData {
  /// What the model will have met: what its start has, and the clips of this training.
  static func history(
    _ parts: DecodedParts, _ noise: NoiseLibrary, _ inherited: ClipHistory
  ) -> ClipHistory {
    var history = ClipHistory()
    history.trained.clips = ClipSet(parts.training.map(\.contentHash) + noise.contentHashes)
    history.selected.clips = ClipSet(parts.validation.map(\.contentHash))
    history.inherit(inherited)
    return history
  }

  /// Those of the start model, else mean and deviation of the features of the training clips as they
  /// are recorded.
  static func normalization(
    _ clips: [LoadedClip], recipe: TrainingRecipe, threads: Int
  ) throws(FileError) -> FeatureNormalization {
    if let known = recipe.start?.normalization { return known }
    // Groups of a fixed size, added in order: the same sums at any number of threads.
    let groupSize = 256
    let frontEnds = FrontEndPool(recipe.frontEnd)
    let groups = try Parallel.map(
      (clips.count + groupSize - 1) / groupSize, threads: threads
    ) { group, _ throws(FileError) in
      try frontEnds.lend { frontEnd throws(FileError) in
        var sums = FeatureNormalization.Accumulator(featureCount: frontEnd.featureCount)
        for clip in clips[group * groupSize..<min(clips.count, (group + 1) * groupSize)] {
          let features = ClipFeatures.features(
            of: try clip.samples.read(), window: recipe.window, frontEnd: frontEnd)
          sums.add(features)
        }
        return sums
      }
    }
    return groups.dropFirst().reduce(into: groups[0]) { $0.merge($1) }.normalization()
  }

  /// The noise recordings of the folder that the person named, or that the recipe to be resumed names.
  static func ownNoise(
    recipe known: TrainingRecipe?, options: TrainingOptions
  ) throws(TrainingError) -> [NoiseRecording] {
    let folder = known.map(\.noiseFolder) ?? options.noiseFolder?.bytes
    guard let folder else { return [] }
    do { return try NoiseRecording.below(FilePath(bytes: folder)) } catch { throw .file(error) }
  }

  /// The noise, decoded; all channels are mixed, whichever one of the clips is used.
  static func noise(
    _ recordings: [NoiseRecording], sampleRate: Int, options: TrainingOptions,
    report: (TrainingEvent) -> Void
  ) throws(TrainingError) -> NoiseLibrary {
    let reader = ClipReader(AudioDecoder(sampleRate: sampleRate), workers: options.workers)
    let noise = NoiseLibrary(recordings, reader: reader) { report(.warning($0)) }
    if options.isStrict, let first = noise.skipped.first {
      throw .badClips(
        bad: noise.skipped.count, total: noise.recordingCount, first: first.reason, isStrict: true)
    }
    return noise
  }
}
