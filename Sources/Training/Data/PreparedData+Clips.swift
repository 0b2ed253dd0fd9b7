import Basics
import Datasets
import Recognition
import Sound

extension PreparedData {
  /// What the model will have met: what its start has, and what this training hears.
  static func history(
    _ training: [LoadedClip], _ held: [LoadedClip], _ noise: NoiseLibrary,
    _ inherited: ClipHistory
  ) -> ClipHistory {
    var history = ClipHistory()
    history.trained.clips = ClipSet(training.map(\.contentHash) + noise.contentHashes)
    history.selected.clips = ClipSet(held.map(\.contentHash))
    history.inherit(inherited)
    return history
  }

  /// Mean and deviation of the features of the training clips, as they are recorded.
  static func normalization(
    _ clips: [LoadedClip], recipe: TrainingRecipe, threads: Int
  ) throws(FileError) -> FeatureNormalization {
    // Groups of a fixed size, added in order: the same sums at any number of threads.
    let groupSize = 256
    let frontEnds = FrontEndPool(recipe.frontEnd)
    let groups = try Parallel.map(
      (clips.count + groupSize - 1) / groupSize, threads: threads
    ) { group, _ throws(FileError) in
      try frontEnds.lend { frontEnd throws(FileError) in
        var sums = FeatureNormalization.Accumulator(featureCount: frontEnd.featureCount)
        for clip in clips[group * groupSize..<min(clips.count, (group + 1) * groupSize)] {
          let heard = ClipFeatures.features(
            of: try clip.samples.read(), window: recipe.window, frontEnd: frontEnd)
          sums.add(heard)
        }
        return sums
      }
    }
    return groups.dropFirst().reduce(into: groups[0]) { $0.merge($1) }.normalization()
  }
}
