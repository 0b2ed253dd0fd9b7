import Basics
import Datasets
import Recognition
import Sound

/// Puts clips under conditions and asks the model again.
struct RobustnessTest {
  private let classifier: Classifier
  private let conditions: [RecordingCondition]
  private let noise: NoiseLibrary
  private let split: Split

  /// - Parameters:
  ///   - classifier: The model.
  ///   - conditions: What the clips are put under.
  ///   - plan: Whose noise, of the seconds for its part, is mixed in; generated if there is none.
  ///   - warn: Told of noise that cannot be read.
  init(
    _ classifier: Classifier, _ conditions: [RecordingCondition], _ plan: EvaluationPlan,
    warn: (String) -> Void
  ) {
    self.classifier = classifier
    self.conditions = conditions
    noise = NoiseLibrary(plan.dataset.noise, reader: classifier.noiseReader, warn: warn)
    split = plan.part.split ?? .testing
  }

  /// Asks the model about each clip under each condition.
  ///
  /// - Parameter clips: Clips with their names, which alone decide what is drawn for them.
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
        var heard = clip
        heard.samples = condition.applied(
          to: clip.samples, sampleRate: clip.sampleRate, noise: noise, using: &generator)
        return ClipSource.clip(heard)
      }
      for (index, result) in classifier.classify(changed).enumerated() {
        // Samples in memory are read without an error.
        answers[index].append((try? result.get().label) ?? ClassLabel.unknown)
      }
    }
    return answers
  }
}
