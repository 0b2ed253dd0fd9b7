import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Recognition
@testable import Sound
@testable import Training

@Suite struct TrainingTests {
  /// Three tones far apart are easy: chance is a third.
  @Test func tonesAreLearned() throws {
    var fixture = TrainingFixture(words: 3, clips: 16)
    (fixture.options.epochs, fixture.options.augmentation) = (12, AugmentationOptions.none)
    let outcome = try fixture.run()
    let test = try #require(outcome.model.record.test)
    let validation = try #require(outcome.model.record.validation)
    #expect(test.value ?? 0 > 0.9 && validation.value ?? 0 > 0.9, "\(test.text)")
    #expect(outcome.skipped.isEmpty)

    let read = try KeywordModel(contentsOf: outcome.folder.model)
    #expect(read.encoded() == outcome.model.encoded())
    #expect(read.labels == ["low", "mid", "top", "_silence_"])
    let clip = fixture.data.appending("mid").appending("speaker3_nohash_0.wav")
    let inspected = try Classifier(read, threads: 2).inspect([.file(clip)])[0].get()
    #expect(inspected.answer.label == "mid" && inspected.answer.windowCount == 1)
    #expect(read.history.role(of: inspected.contentHash) == nil)
  }

  @Test func theRunFolderHoldsWhatItPromises() throws {
    let fixture = TrainingFixture()
    let outcome = try fixture.run()
    #expect(
      TemporaryFolder.names(in: outcome.folder.path) == [
        "checkpoint.safetensors", "config.json", "ignored.csv", "last.safetensors", "metrics.csv",
        "model.safetensors", "skipped.csv", "training.svg",
      ])
    let rows = TemporaryFolder.text(outcome.folder.metrics)!.split(separator: "\n")
    #expect(rows.count == 4 && rows[0].hasPrefix("epoch,learning_rate,training_loss"))
    #expect(rows[0].contains("frame_gradient_l0_forward_first"))
    #expect(rows.allSatisfy { $0.count { $0 == "," } == rows[0].count { $0 == "," } })
    let last = try KeywordModel(contentsOf: outcome.folder.lastModel)
    #expect(last.record.bestEpoch == 3 && last.record.test == nil)
  }

  /// Right answers would be decided by the class with most clips.
  @Test func theLowerLossKeepsAnEpoch() {
    let old = Checkpoint.Best(epoch: 1, correct: 10, loss: 0.5)
    #expect(!Checkpoint.Best(epoch: 2, correct: 11, loss: 0.6).isBetter(than: old))
    #expect(Checkpoint.Best(epoch: 2, correct: 9, loss: 0.4).isBetter(than: old))
    #expect(!Checkpoint.Best(epoch: 2, correct: 10, loss: 0.5).isBetter(than: old))
  }

  @Test func equalSeedsGiveEqualBytes() throws {
    var fixture = TrainingFixture()
    for threads in [1, 2, 4] {
      fixture.options.threads = threads
      _ = try fixture.run("threads\(threads)")
    }
    let first = try #require(fixture.model("threads1"))
    #expect(fixture.model("threads2") == first && fixture.model("threads4") == first)
    fixture.options.seed = 1
    _ = try fixture.run("other")
    // The record names the seed, so the weights are what must differ.
    #expect(try weights(fixture, "other") != weights(fixture, "threads1"))
  }

  @Test func theVocalTractChangesWhatIsTrainedOn() throws {
    var fixture = TrainingFixture()
    fixture.options.augmentation = AugmentationOptions.none
    _ = try fixture.run("plain")
    fixture.options.augmentation.vocalTract = 0.2
    _ = try fixture.run("other")
    #expect(try weights(fixture, "plain") != weights(fixture, "other"))
  }

  private func weights(_ fixture: TrainingFixture, _ run: String) throws -> [Float] {
    try KeywordModel(contentsOf: fixture.folder[run].appending("model.safetensors"))
      .network.parameters
  }

  @Test func theOrderOfTheFolderDoesNotMatter() throws {
    let (one, other) = (TrainingFixture(), TrainingFixture(reversed: true))
    _ = try one.run()
    _ = try other.run()
    #expect(one.model() == other.model())
  }

  /// One validation clip more than 256 shares a part with nothing else; lengths are mixed.
  @Test func aClipsAnswerDoesNotDependOnTheOthers() throws {
    let fixture = TrainingFixture(clips: 8, seconds: 0.3)
    let model = try fixture.run().model
    let classifier = Classifier(model, threads: 2)
    let sources = (1...12).map { index in
      ClipSource.bytes(
        ToneDataset.wav(
          ToneDataset.tone(500, seconds: Double(index) * 0.17, seed: UInt64(index)),
          sampleRate: 8_000), name: "\(index)")
    }
    let together = classifier.classify(sources).map { try! $0.get().probabilities }
    for (source, row) in zip(sources, together) {
      #expect(try classifier.classify([source])[0].get().probabilities == row)
    }
  }

  /// A clip of 80 windows takes the way of long clips; its windows answer as single clips do.
  @Test func aLongClipIsItsWindows() throws {
    let model = ModelFixture.model()
    let samples = ToneDataset.tone(700, seconds: 20.7, seed: 3)
    let source = ClipSource.bytes(ToneDataset.wav(samples, sampleRate: 8_000), name: "long")
    let clip = try AudioDecoder().decode(
      bytes: ToneDataset.wav(samples, sampleRate: 8_000), name: "long")
    let long = try Classifier(model, threads: 1).classify([source])[0].get()
    let ranges = try Recogniser(model).windows(of: clip.samples).map(\.range)
    #expect(ranges.count == 80 && long.windowCount == 80)
    let parts = Classifier(model, threads: 2).classify(
      ranges.map {
        .clip(Clip(samples: Array(clip.samples[$0]), sampleRate: 8_000, source: clip.source))
      })
    let rows = parts.map { try! $0.get().probabilities }
    #expect(long.windows.map(\.probabilities) == rows && rows.contains(long.probabilities))
  }
}
