import TestSupport
import Testing

@testable import Basics
@testable import Datasets
@testable import Neural
@testable import Recognition
@testable import Sound

@Suite struct BuiltInModelTests {
  @Test func itHasTheTenWordsUnknownAndSilence() throws {
    let model = try KeywordModel.builtIn()
    let words = "yes,no,up,down,left,right,on,off,stop,go".split(separator: ",").map(String.init)
    #expect(model.labels == words + [ClassLabel.unknown, ClassLabel.silence])
    #expect(model.frontEnd.sampleRate == 16_000)
  }

  /// Its weights are whole numbers of float16's steps, so storing them so again changes nothing.
  @Test func halvingItAgainChangesNothing() throws {
    let model = try KeywordModel.builtIn()
    #expect(model.network.parameters.allSatisfy { Float(Float16($0)) == $0 })
    #expect(model.encoded(as: .float16).count < 2_000_000)
  }

  @Test func zerosAreSilence() throws {
    let model = try KeywordModel.builtIn()
    let zeros = Clip(samples: [Float](repeating: 0, count: 16_000), sampleRate: 16_000)
    #expect(zeros.source.frames == 16_000 && zeros.source.channels == 1)
    let result = try Classifier(model, threads: 1).classify([.clip(zeros)])[0].get()
    let slow = Clip(samples: zeros.samples, sampleRate: 8_000)
    #expect(throws: AudioError.self) {
      try Classifier(model, threads: 1).classify([.clip(slow)])[0].get()
    }
    #expect(result.label == ClassLabel.silence && result.probability ?? 0 > 0.5)
  }

  /// Content hashes of every so many clips of the data that it was trained on.
  private func hashes(
    of split: Split, every step: Int, _ model: KeywordModel
  ) throws -> [UInt64] {
    let clips = try Dataset.scan(DatasetRealSpeechTests.root).recordings(in: split)
    let reader = ClipReader(model, workers: nil)
    return try Parallel.map((clips.count + step - 1) / step, threads: 2) {
      index, _ throws(AudioError) in
      ContentHash.of(try reader.read(clips[index * step].path).samples)
    }
  }

  /// It knows the clips that trained it, running speech and noise among them, and those that chose its
  /// epoch.
  @Test(
    .enabled(if: DatasetRealSpeechTests.isThere, "the Speech Commands clips are not there"))
  func itKnowsItsClips() throws {
    let model = try KeywordModel.builtIn()
    #expect(try hashes(of: .training, every: 97, model).allSatisfy(model.history.trained.contains))
    let noise = NoiseLibrary(
      try Dataset.scan(DatasetRealSpeechTests.root).noise,
      reader: ClipReader(model, workers: nil), warn: { Issue.record("\($0)") })
    #expect(noise.contentHashes.allSatisfy(model.history.trained.contains))
    #expect(model.history.trained.filter == nil && model.history.selected.isComplete)
    #expect(
      try hashes(of: .validation, every: 97, model)
        .allSatisfy { model.history.role(of: $0) == .selected })
    // Some recordings are in the set twice, under two names; of the others the most are running speech.
    #expect((29_100...29_200).contains(model.history.trained.clips.count))
    #expect((4_400...4_450).contains(model.history.selected.clips.count))
  }

  /// It answers for equal shares; what fires in continuous sound was tuned.
  @Test func itListensByATunedRule() throws {
    let model = try KeywordModel.builtIn()
    #expect(model.decision.prior.target == .equal && model.rule.prior == .trained)
    #expect(model.rule.conditions.leastWindows > 1 && model.window.hopSeconds == 0.08)
    let thresholds = model.keywords.map { model.rule.threshold(of: $0, model.decision) }
    #expect(thresholds.allSatisfy { $0 > 0.5 })
  }

  /// The one to start from knows thirty words, and its features subtract what a microphone adds.
  @Test func theWordsAreThere() throws {
    let model = try KeywordModel.builtIn(.words)
    #expect(model.keywords.count == 30 && Set(["happy", "seven"]).isSubset(of: model.keywords))
    #expect(model.labels.suffix(2) == [ClassLabel.unknown, ClassLabel.silence])
    #expect(model.frontEnd.subtractsClipMean && model.frontEnd.sampleRate == 16_000)
  }
}
