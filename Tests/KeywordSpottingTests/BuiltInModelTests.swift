import Glibc
import SystemPackage
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
    #expect(model.encoded(half: true).count < 2_000_000)
  }

  @Test func zerosAreSilence() throws {
    let model = try KeywordModel.builtIn()
    let zeros = Clip(
      samples: [Float](repeating: 0, count: 16_000), sampleRate: 16_000,
      source: AudioFormat(
        container: "none", encoding: "none", sampleRate: 16_000, channels: 1, frames: 16_000))
    let result = try Classifier(model, threads: 1).classify([.clip(zeros)])[0].get()
    #expect(result.label == ClassLabel.silence && result.probability ?? 0 > 0.5)
  }

  private static let file = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent().appending("Sources/CModel/speech-commands.safetensors")

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

  /// It knows the clips that trained it and those that chose its epoch, and nothing else.
  ///
  /// `KWS_RECORD=1` looks at every clip, checks that the model as it is knows all those that trained it,
  /// writes their exact lists into Sources/CModel/speech-commands.safetensors, and fails.
  @Test(
    .enabled(if: DatasetRealSpeechTests.isThere, "the Speech Commands clips are not there"))
  func itKnowsItsClips() throws {
    var model = try KeywordModel.builtIn()
    let isRecording = getenv("KWS_RECORD") != nil
    let step = isRecording ? 1 : 97
    let trained = try hashes(of: .training, every: step, model)
    let selected = try hashes(of: .validation, every: step, model)
    #expect(trained.allSatisfy(model.history.trained.contains))
    let noise = NoiseLibrary(
      try Dataset.scan(DatasetRealSpeechTests.root).noise,
      reader: ClipReader(model, workers: nil), warn: { Issue.record("\($0)") })
    if isRecording {
      var history = ClipHistory()
      history.trained.clips = ClipSet(trained + noise.contentHashes)
      history.selected.clips = ClipSet(selected)
      model.history = history
      TemporaryFolder.write(model.encoded(half: true), to: Self.file)
      Issue.record("recorded \(Self.file): build again, then run without KWS_RECORD")
      return
    }
    #expect(model.history.trained.filter == nil && model.history.selected.isComplete)
    #expect(noise.contentHashes.allSatisfy(model.history.trained.contains))
    #expect(selected.allSatisfy { model.history.role(of: $0) == .selected })
    // Some recordings are in the set twice, under two names.
    #expect((24_000...24_427).contains(model.history.trained.clips.count))
    #expect((3_250...3_291).contains(model.history.selected.clips.count))
  }
}
