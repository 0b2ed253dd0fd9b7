import TestSupport
import Testing

@testable import Basics
@testable import Recognition
@testable import Sound

/// Damaged model files: the reader refuses each with one sentence, or the model still gives numbers.
///
/// `KWS_FUZZ_RUNS` sets how many (Scripts/faults/fuzz-model takes a million), `KWS_FUZZ_SEED` which.
@Suite struct ModelFuzzTests {
  @Test func noDamageIsFatal() {
    let runs = FileDamage.number("KWS_FUZZ_RUNS") ?? 2_000
    var generator = SeededGenerator(seed: UInt64(FileDamage.number("KWS_FUZZ_SEED") ?? 1))
    let model = ModelFixture.model(hidden: 2, pooling: .mean)
    let good = [model.encoded(), model.encoded(as: .int8)]
    let clip = Clip(
      samples: ToneDataset.tone(500, seconds: 0.3, seed: 1), sampleRate: 8_000,
      source: AudioFormat(
        container: "none", encoding: "none", sampleRate: 8_000, channels: 1, frames: 2_400))
    var accepted = 0
    var sentences: Set<String> = []
    for run in 0..<runs {
      let bytes = FileDamage.damaged(good[run % 2], using: &generator)
      do {
        let model = try KeywordModel(decoding: bytes, from: "m")
        accepted += 1
        // Numbers that agree may still be odd ones: the answer must be a number all the same.
        guard accepted % 16 == 0, model.frontEnd.sampleRate < 100_000 else { continue }
        let answer = Classifier(model, threads: 1).classify([.clip(clip)])[0]
        let probabilities = (try? answer.get())?.probabilities ?? []
        #expect(!probabilities.contains { !$0.isFinite }, "run \(run)")
      } catch {
        let text = "\(error)"
        #expect(text.hasPrefix("m: ") && text.count < 2_000, "run \(run): \(text)")
        sentences.insert(String(text.prefix(45)))
      }
    }
    print("\(runs) damaged models: \(accepted) accepted, \(sentences.count) kinds of refusal")
    #expect(accepted < runs && sentences.count > 8)
  }
}
