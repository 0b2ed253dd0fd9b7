import SystemPackage
import TestSupport
import Testing

@testable import Datasets
@testable import Recognition
@testable import Sound
@testable import Training

/// What happens to a clip follows from the seed, the epoch and its place in the epoch, and from
/// nothing else.
@Suite struct BatchMakerTests {
  private func maker(seed: UInt64 = 1) -> BatchMaker {
    let recipe = TrainingRecipe(
      TrainingFixture.options,
      for: TrainingDataSize(
        keywordClips: 1, speakers: 1, hasUnknown: false, usualSeconds: 0.25, sampleRate: 8_000))
    let clip = LoadedClip(
      samples: .memory(ToneDataset.tone(350, seconds: 0.25, seed: 1)), contentHash: 1,
      recording: Recording(
        path: "a", name: "a", word: "low", label: "low", split: .training, speaker: nil,
        byteCount: 1))
    return BatchMaker(
      clips: [clip],
      noise: NoiseLibrary([], reader: ClipReader(AudioDecoder(sampleRate: 8_000)), warn: { _ in }),
      recipe: recipe, frontEnds: FrontEndPool(recipe.frontEnd), streams: RandomStreams(seed: seed),
      classes: ["low": 0, ClassLabel.silence: 1], threads: 2)
  }

  private let plan = [EpochPlan.Item](repeating: .clip(0), count: 6)

  @Test func everyPlaceOfAnEpochHasItsOwnDraws() throws {
    let maker = maker()
    let all = try maker.batch(plan[...], epoch: 1).sequences.sequences
    #expect(Set(all).count == 6)
    let parts = try [0..<2, 2..<4, 4..<6].flatMap {
      try maker.batch(plan[$0], epoch: 1).sequences.sequences
    }
    #expect(parts == all)
  }

  @Test func epochsAndSeedsDiffer() throws {
    let first = try maker().batch(plan[...], epoch: 1).sequences.sequences
    #expect(try maker().batch(plan[...], epoch: 2).sequences.sequences != first)
    #expect(try maker(seed: 2).batch(plan[...], epoch: 1).sequences.sequences != first)
  }

  @Test func targetsFollowTheLabels() throws {
    let batch = try maker().batch([.clip(0), .silence, .clip(0)], epoch: 1)
    #expect(batch.targets == [0, 1, 0])
  }

  /// A silent clip of a word has no half that could be heard: the speech alone is taught as unknown, not
  /// an empty example, which would be padding.
  @Test(arguments: [true, false]) func halfOfASilentClipIsSpeechAlone(_ isFirst: Bool) throws {
    var maker = maker()
    let speech = maker.clips[0]
    maker.clips[0].samples = .memory([Float](repeating: 0, count: 2_000))
    maker.clips.append(speech)
    maker.windows[1] = NegativeWindows(
      sampleCount: 2_000, window: 1_600, words: [], sampleRate: 8_000)
    maker.classes[ClassLabel.unknown] = 2
    let window = EpochPlan.Window(index: 1, place: 7)
    let half = try maker.batch([.half(0, isFirst: isFirst, window)], epoch: 1)
    let alone = try maker.batch([.window(window)], epoch: 1)
    #expect(half.targets == [2] && half.sequences.sequences == alone.sequences.sequences)
  }
}
