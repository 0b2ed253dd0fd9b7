import SystemPackage
import TestSupport
import Testing

@testable import Datasets
@testable import Evaluation
@testable import Recognition

/// Crossing over tells what the next speaker will meet only if no speaker is in both halves.
@Suite struct SpeakerHalvesTests {
  /// Clips of either half when `tune` measures 12 clips of each of these speakers.
  private func clips(_ speakers: [String]) throws -> [Int] {
    let folder = TemporaryFolder()
    for speaker in speakers {
      for clip in 0..<12 {
        let tone = ToneDataset.tone(500, seconds: 0.025, seed: UInt64(clip))
        TemporaryFolder.write(
          ToneDataset.wav(tone, sampleRate: 8_000),
          to: folder["d"].appending(clip % 2 == 0 ? "yes" : "no")
            .appending("\(speaker)_nohash_\(clip).wav"))
      }
    }
    var options = DatasetOptions()
    options.purpose = .evaluation
    let model = ModelFixture.model(labels: ["no", "yes"])
    let plan = try EvaluationPlan(
      Dataset.scan(folder["d"], options: options), for: model, part: .all)
    let halves = try BatchEvaluation(Classifier(model, threads: 1), plan).halves().counts
    return [halves.0.confusion.total, halves.1.confusion.total]
  }

  @Test(arguments: ["anna", "ben", "cleo", "dan"]) func aSpeakerIsInOneHalfWhenTuning(
    _ speaker: String
  ) throws {
    #expect(try clips([speaker]).sorted() == [0, 12])
  }

  @Test func speakersAreInBothHalves() throws {
    let halves = try clips((0..<10).map { "s\($0)" })
    #expect(halves.reduce(0, +) == 120 && halves.allSatisfy { $0 >= 24 && $0 % 12 == 0 })
  }

  /// The half of each clip when a training fits the temperature.
  private func fitted(_ speaker: (Int) -> String?) throws -> [Int] {
    try ValidationFixture.examples(clips: 40, speaker: speaker).filter { $0.target == 0 }
      .map(\.half)
  }

  @Test func aSpeakerIsInOneHalfWhenTheTemperatureIsFitted() throws {
    let one = try fitted { _ in "anna" }
    #expect(one.count == 40 && Set(one).count == 1)
    let halves = try fitted { "s\($0 % 10)" }
    #expect(Set(halves) == [0, 1])
    #expect((0..<40).allSatisfy { halves[$0] == halves[$0 % 10] })
    // Nobody knows who speaks: clips are divided by name.
    #expect(try Set(fitted { _ in nil }) == [0, 1])
  }
}
