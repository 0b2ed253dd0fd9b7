import Testing

@testable import Basics
@testable import Neural
@testable import Recognition
@testable import Sound

/// Damaged files of weights: each is refused with one sentence, or the model still gives numbers.
///
/// `KWS_FUZZ_RUNS` sets how many, `KWS_FUZZ_SEED` which.
@Suite struct ImportFuzzTests {
  @Test func noDamageIsFatal() throws {
    let runs = FileDamage.number("KWS_FUZZ_RUNS") ?? 2_000
    var generator = SeededGenerator(seed: UInt64(FileDamage.number("KWS_FUZZ_SEED") ?? 1))
    let original = ModelFixture.model(hidden: 2, layers: 2, pooling: .mean)
    let source = ImportFixture.source(original)
    let good = [{ _ in false }, \.isRounded].map {
      ImportFixture.bytes(ImportFixture.tensors(original, isInt8: $0))
    }
    var accepted = 0
    var sentences: Set<String> = []
    for run in 0..<runs {
      let bytes = FileDamage.damaged(good[run % 2], using: &generator)
      do throws(ImportFault) {
        let model = try source.model(decoding: bytes.span.bytes, named: "w")
        accepted += 1
        guard accepted % 16 == 0 else { continue }
        let rows = try? ImportFixture.posteriors(model)
        #expect(rows?.joined().allSatisfy { $0.isFinite } == true, "run \(run)")
      } catch {
        let text = "\(error)"
        #expect(!text.isEmpty && text.count < 2_000, "run \(run): \(text)")
        sentences.insert(String(text.prefix(45)))
      }
    }
    print("\(runs) damaged files: \(accepted) accepted, \(sentences.count) kinds of refusal")
    #expect(accepted < runs && sentences.count > 8)
  }
}
