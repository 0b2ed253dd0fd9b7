import Basics
import Datasets
import Recognition
import Sound
import SystemPackage

extension PreparedData {
  /// The clips that the model will have met: those of its start model and those of this training.
  static func history(
    _ parts: DecodedParts, _ noise: NoiseLibrary, _ inherited: ClipHistory
  ) -> ClipHistory {
    var history = ClipHistory()
    history.trained.clips = ClipSet(parts.training.map(\.contentHash) + noise.contentHashes)
    history.selected.clips = ClipSet(parts.validation.map(\.contentHash))
    history.inherit(inherited)
    return history
  }

  /// The start model's normalisation, else mean and deviation over the training clips without
  /// augmentation.
  static func normalization(
    _ clips: [LoadedClip], recipe: TrainingRecipe, threads: Int
  ) throws(FileError) -> FeatureNormalization {
    if let known = recipe.start?.normalization { return known }
    // Recordings to draw windows from may last for hours.
    let clips = clips.filter { !$0.recording.isStream }
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

  /// The noise recordings of the folder named in the options, or in the recipe of a resumed
  /// training.
  static func ownNoise(
    recipe known: TrainingRecipe?, options: TrainingOptions
  ) throws(TrainingError) -> [NoiseRecording] {
    let folder = known.map(\.noiseFolder) ?? options.noiseFolder?.bytes
    guard let folder else { return [] }
    do { return try NoiseRecording.below(FilePath(bytes: folder)) } catch { throw .file(error) }
  }

  /// The decoded noise; all its channels are mixed, whichever channel of the clips is used.
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
