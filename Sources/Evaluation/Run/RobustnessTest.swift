import Basics
import Datasets
import Recognition
import Sound

/// Applies recording conditions to clips and classifies them again.
struct RobustnessTest {
  private let classifier: Classifier
  private let conditions: [RecordingCondition]
  private let noise: NoiseLibrary
  /// The part whose seconds of the noise are mixed in.
  let split: Split

  /// - Parameters:
  ///   - classifier: The model.
  ///   - conditions: The conditions to apply.
  ///   - plan: The plan, whose noise is mixed in, from the seconds for its part; noise is synthetic
  ///     if there is none.
  ///   - warn: Called with an error for noise that cannot be read.
  init(
    _ classifier: Classifier, _ conditions: [RecordingCondition], _ plan: EvaluationPlan,
    warn: (String) -> Void
  ) {
    self.classifier = classifier
    self.conditions = conditions
    noise = NoiseLibrary(plan.dataset.noise, reader: classifier.noiseReader, warn: warn)
    split = plan.part.split ?? .testing
  }

  /// Classifies each clip under each condition.
  ///
  /// - Parameter clips: Clips with their names; random draws depend only on the name.
  /// - Returns: (clips, conditions): the answers.
  func answers(_ clips: [(name: String, clip: Clip)]) -> [[String]] {
    var answers = [[String]](repeating: [], count: clips.count)
    for (number, condition) in conditions.enumerated() {
      let changed = Parallel.map(clips.count, threads: classifier.threads) { index, _ in
        let (name, clip) = clips[index]
        let seed = StableHash.of("\(number) \(name)")
        var generator = SeededGenerator(seed: seed)
        let noise =
          if case .noise = condition {
            self.noise.cut(clip.samples.count, for: split, using: &generator)
          } else { [Float]() }
        var changed = clip
        changed.samples = condition.applied(
          to: clip.samples, sampleRate: clip.sampleRate, noise: noise, using: &generator)
        return ClipSource.clip(changed)
      }
      for (index, result) in classifier.classify(changed).enumerated() {
        // Samples in memory give no error.
        answers[index].append((try? result.get().label) ?? ClassLabel.unknown)
      }
    }
    return answers
  }
}
