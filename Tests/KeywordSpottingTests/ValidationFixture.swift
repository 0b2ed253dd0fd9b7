import SystemPackage
import TestSupport

@testable import Basics
@testable import Datasets
@testable import Evaluation
@testable import Neural
@testable import Recognition
@testable import Sound
@testable import Training

/// A validation part of clips of one word, measured by an untrained network.
enum ValidationFixture {
  /// The logits of `count` clips of a quarter of a second and of the silence that joins them, cut
  /// from `noise`, a WAV file, or synthetic; nothing where the part is empty.
  static func examples(
    clips count: Int, noise: [UInt8]? = nil, speaker: (Int) -> String? = { _ in nil }
  ) throws -> [HeldOutLogits.Example] {
    let folder = TemporaryFolder()
    let recordings = noise.map {
      [NoiseRecording(path: folder.write("n.wav", $0), name: "n.wav", split: nil)]
    }
    let library = NoiseLibrary(
      recordings ?? [], reader: ClipReader(AudioDecoder(sampleRate: ToneDataset.sampleRate)),
      warn: { _ in })
    let recipe = TrainingRecipe(
      TrainingFixture.options,
      for: TrainingDataSize(
        keywordClips: count, speakers: 2, hasUnknown: false, usualSeconds: 0.25,
        sampleRate: ToneDataset.sampleRate))
    let clips = (0..<count).map { index in
      LoadedClip(
        samples: .memory(ToneDataset.tone(350, seconds: 0.25, seed: UInt64(index))),
        contentHash: UInt64(index),
        recording: Recording(
          path: FilePath("\(index)"), name: "\(index)", word: "low", label: "low",
          split: .validation, speaker: speaker(index), byteCount: 1))
    }
    let set = ValidationSet(
      clips, noise: library, recipe: recipe, frontEnds: FrontEndPool(recipe.frontEnd),
      labels: ["low", ClassLabel.silence])
    var generator = SeededGenerator(seed: 1)
    let network = Network<Float>(
      shape: NetworkShape(
        features: recipe.frontEnd.featureCount, hidden: 3, layers: 1, classes: 2,
        pooling: recipe.pooling), using: &generator)
    return try set.logits(network, prior: ClassPrior(), threads: 1)?.examples ?? []
  }
}
