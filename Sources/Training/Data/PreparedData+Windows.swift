import Datasets

extension PreparedData {
  /// The windows that may be drawn from those of `clips` that are recordings, by index.
  static func windows(
    _ clips: [LoadedClip], _ negatives: NegativeRecordings, _ recipe: TrainingRecipe
  ) -> [Int: NegativeWindows] {
    var windows: [Int: NegativeWindows] = [:]
    for (index, clip) in clips.enumerated() where clip.recording.isStream {
      windows[index] = Self.windows(clip, negatives, recipe)
    }
    return windows
  }

  /// The validation clips; a recording to draw windows from is replaced by some of its windows, always
  /// the same.
  ///
  /// A short one, as a mined clip is, chooses no epoch: it was cut out because a model failed on it, so a
  /// few of them would outweigh all that is usual.
  static func cutIntoWindows(
    _ held: [LoadedClip], _ negatives: NegativeRecordings, _ recipe: TrainingRecipe
  ) -> [LoadedClip] {
    held.flatMap { clip -> [LoadedClip] in
      guard clip.recording.isStream else { return [clip] }
      let windows = Self.windows(clip, negatives, recipe)
      if windows.isShort { return [] }
      return windows.spread(
        sampleRate: recipe.frontEnd.sampleRate
      ).map { range in
        var window = clip
        window.samples = clip.samples.part(range)
        return window
      }
    }
  }

  private static func windows(
    _ clip: LoadedClip, _ negatives: NegativeRecordings, _ recipe: TrainingRecipe
  ) -> NegativeWindows {
    let rate = recipe.frontEnd.sampleRate
    return NegativeWindows(
      sampleCount: clip.samples.count, window: recipe.window.length(sampleRate: rate),
      words: negatives.words[clip.recording.path] ?? [], sampleRate: rate)
  }
}
