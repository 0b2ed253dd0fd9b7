import KeywordSpotting
import SystemPackage
import TestSupport
import Testing

/// Whole recordings of talk among the other words teach those, and nothing about how long a word is.
@Suite struct TalkTests {
  private let fixture = OwnWordsFixture()

  /// 8 s: 6 of a tone that wanders, the last 2 without sound.
  private func talk(_ seed: UInt64) -> [UInt8] {
    let sound = (0..<12).flatMap { part in
      ToneDataset.tone(1_300 + 90 * Double(part), seconds: 0.5, seed: seed + UInt64(part))
    }
    let pause = [Float](repeating: 0, count: 2 * ToneDataset.sampleRate)
    return ToneDataset.wav(sound + pause, sampleRate: ToneDataset.sampleRate)
  }

  @Test func theWindowIsThatOfTheWordsAndTalkIsCut() throws {
    fixture.writeWords(speakers: ["anna", "ben"], clips: 6)
    let plain = fixture.run(["train", "recordings", "--out", "plain"] + OwnWordsFixture.tiny())
    #expect(plain.code == 0 && !plain.errors.contains("talk: "), "\(plain)")
    for number in 1...3 {
      fixture.folder.write("recordings/_unknown_/radio \(number).wav", talk(UInt64(100 * number)))
    }
    let training = fixture.run(
      ["train", "recordings", "--out", "talk"] + OwnWordsFixture.tiny(epochs: 20))
    #expect(training.code == 0, "\(training)")
    // The pauses are no talk: 12 of 16 windows each.
    #expect(
      training.errors.contains(
        "talk: 3 long recordings of other words are cut into 36 windows of 0.5 s, the length of the "
          + "words' clips"), "\(training.errors)")
    let models = try ["plain", "talk"].map {
      try KeywordModel(contentsOf: fixture.folder["\($0)/model.safetensors"])
    }
    #expect(models[0].window == models[1].window && models[1].window.maximumSeconds == 0.5)
    // The recordings are known again whole.
    let measured = fixture.run("evaluate", "recordings", "--model", "talk")
    #expect(measured.text.contains("trained on: 27 clips"), "\(measured.text)")
    // A word in the midst of other sound is found.
    let word = ToneDataset.tone(900, seconds: 0.5, seed: 9)
    let around = ToneDataset.tone(2_000, seconds: 2, seed: 10)
    fixture.folder.write(
      "long.wav", ToneDataset.wav(around + word + around, sampleRate: ToneDataset.sampleRate))
    let heard = fixture.run("classify", "long.wav", "--model", "talk")
    #expect(heard.text.hasPrefix("mid "), "\(heard)")
    // Windows begin every eighth of a second.
    #expect(heard.text.contains(/at (1\.9|2\.0)\d-/), "\(heard)")
  }
}
