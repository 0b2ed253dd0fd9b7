import Testing

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
    let heard = try Classifier(model, threads: 1).classify([.clip(zeros)])[0].get()
    #expect(heard.label == ClassLabel.silence && heard.probability > 0.5)
  }
}
