import Foundation
import TestSupport
import Testing

/// The README's steps with recordings of few people: each ends well, and no figure promises more than
/// the clips can tell.
@Suite struct SmallSetTests {
  private let fixture = OwnWordsFixture()
  private let names = ["anna", "ben", "carl", "dora", "emil", "fred", "gina", "hans"]

  @Test(arguments: [2, 3, 5, 8])
  func speakersAllTrainAndFoldsMeasure(_ count: Int) throws {
    let speakers = Array(names.prefix(count))
    fixture.writeWords(speakers: speakers, clips: 20 / count + 2)
    let clips = 2 * count * (20 / count + 2)
    let training = fixture.run(
      ["train", "recordings", "--speaker-pattern", "^([^_]+)_"] + OwnWordsFixture.tiny())
    #expect(training.code == 0, "\(training)")
    let errors = training.errors
    #expect(errors.contains("clips: all \(clips) train; no part is held out of \(count) speakers"))
    // A fold for each, up to five.
    let folds = min(5, count)
    for fold in 1...folds { #expect(errors.contains("fold \(fold)/\(folds)  "), "\(errors)") }
    for speaker in speakers { #expect(errors.contains(speaker), "\(errors)") }
    #expect(!errors.contains("epoch 1/2  loss") || !errors.contains("fold 1/\(folds)  epoch"))
    #expect(errors.contains("expect for a new speaker: words right "), "\(errors)")
    #expect(training.text == "runs/recordings-1/model.safetensors\n")
    let table = TemporaryFolder.text(fixture.folder["runs/recordings-1/folds.csv"])
    #expect(table?.split(whereSeparator: \.isNewline).count == folds + 1)

    let clip = "recordings/low/anna_1.wav"
    let heard = fixture.run("classify", clip)
    #expect(heard.code == 0 && heard.errors.contains("runs/"), "\(heard)")
    // All clips were trained on: the folds' figure is the one to read.
    let measured = fixture.run("evaluate", "recordings", "--report", "report")
    #expect(measured.code == 0, "\(measured)")
    let words = measured.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("accuracy on new clips: not measured, the model has met every clip"))
    #expect(words.contains("by the folds of its training, expect for a new speaker: words right"))
    let page = try #require(TemporaryFolder.text(fixture.folder["report/report.html"]))
    #expect(page.contains("<strong>no new clips</strong>"))
    #expect(page.contains("expect for a new speaker: words right"))
    let report =
      try JSONSerialization.jsonObject(
        with: Data(TemporaryFolder.read(fixture.folder["report/report.json"])!)) as! [String: Any]
    let subject = report["subject"] as! [String: Any]
    #expect((subject["folds"] as? [String: Any])?["count"] as? Int == folds)
  }

  @Test func oneSpeakerIsDividedByFileAndSaidToBeOne() {
    fixture.writeWords(speakers: ["anna"], clips: 30)
    let training = fixture.run(
      ["train", "recordings", "--speaker-pattern", "^([^_]+)_"] + OwnWordsFixture.tiny())
    #expect(training.code == 0, "\(training)")
    #expect(training.errors.contains("all 60 train; no part is held out of 1 speaker,"))
    #expect(training.errors.contains("fold 5/5  anna  words right "), "\(training.errors)")
    #expect(
      training.errors.contains(
        "expect for other recordings of this speaker (another speaker was not measured): "))
    #expect(fixture.run("evaluate", "recordings").code == 0)
  }

  @Test func noSpeakersAtAll() {
    fixture.writeWords(speakers: ["a"], clips: 9) { _, clip in "\(clip).wav" }
    let training = fixture.run(["train", "recordings"] + OwnWordsFixture.tiny())
    #expect(training.code == 0, "\(training)")
    #expect(training.errors.contains("of so few clips whose speakers are not known"))
    #expect(training.errors.contains("(speakers are not known: a new one may do worse)"))
    // 18 clips are no percentage.
    let line = training.errorLines.first { $0.hasPrefix("expect for ") }
    #expect(line?.contains(/words right \d+ of 18, too few to tell \(95% interval/) == true)
    #expect(fixture.run("evaluate", "recordings").code == 0)
  }

  @Test func aClipAWordIsTrainedOnAndSaidToBeUnmeasured() {
    fixture.writeWords(speakers: ["anna"], clips: 1)
    let training = fixture.run(["train", "recordings"] + OwnWordsFixture.tiny())
    #expect(training.code == 0 && training.errors.contains("too few for folds"), "\(training)")
    #expect(fixture.run("evaluate", "recordings").code == 0)
  }

  /// A new person's clips are the ones that are measured.
  @Test func aNewSpeakerIsMeasured() {
    fixture.writeWords(speakers: ["anna", "ben"], clips: 8)
    let training = fixture.run(
      ["train", "recordings", "--speaker-pattern", "^([^_]+)_"] + OwnWordsFixture.tiny(epochs: 6))
    #expect(training.code == 0)
    fixture.writeWords(speakers: ["anna", "ben", "carl"], clips: 8)
    let measured = fixture.run("evaluate", "recordings")
    #expect(measured.code == 0, "\(measured)")
    let words = measured.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("over the 16 clips that the model never met"), "\(words)")
    #expect(words.contains("accuracy: too few clips to tell, "), "\(words)")
    #expect(words.contains("of 1 speaker only, 95% interval"), "\(words)")
  }

  /// Held-out parts that cannot be had stay empty, and that is said.
  @Test func foldsCanBeLeftOut() {
    fixture.writeWords(speakers: ["anna", "ben"], clips: 8)
    let training = fixture.run(
      ["train", "recordings", "--speaker-pattern", "^([^_]+)_", "--folds", "none"]
        + OwnWordsFixture.tiny())
    #expect(training.code == 0, "\(training)")
    #expect(training.errors.contains("clips: 16 training, 0 validation, 16 testing"))
    #expect(training.errors.contains("the validation part stays empty"))
    let line = training.errorLines.first { $0.hasPrefix("test (measured once): ") }
    #expect(line?.contains(/\d+ of 16, too few to tell/) == true, "\(training.errors)")
    let both = fixture.run("train", "recordings", "--folds", "3", "--testing-percent", "10")
    #expect(both.code == 64 && both.isOneError, "\(both)")
  }

  /// What config.json says trains the same model again, folds included.
  @Test func theConfigurationTrainsTheSameModel() {
    fixture.writeWords(speakers: ["anna", "ben", "carl"], clips: 6)
    let first = fixture.run(
      ["train", "recordings", "--speaker-pattern", "^([^_]+)_", "--out", "a"]
        + OwnWordsFixture.tiny())
    #expect(first.code == 0, "\(first)")
    let second = fixture.run("train", "recordings", "--config", "a/config.json", "--out", "b")
    #expect(second.code == 0, "\(second)")
    for file in ["model.safetensors", "folds.csv", "config.json"] {
      let bytes = TemporaryFolder.read(fixture.folder["a/\(file)"])
      #expect(bytes != nil && bytes == TemporaryFolder.read(fixture.folder["b/\(file)"]), "\(file)")
    }
  }

  /// Recorders leave pauses beside words; a window as long as the clips hears the words late.
  @Test func longPausesAreToldWithAShorterWindow() {
    let fixture = OwnWordsFixture()
    let rate = ToneDataset.sampleRate
    let pause = [Float](repeating: 0, count: rate)
    for word in ToneDataset.words.prefix(2) {
      for clip in 1...4 {
        let tone = ToneDataset.tone(word.pitch, seconds: 0.25, seed: UInt64(clip))
        fixture.folder.write(
          "recordings/\(word.name)/anna_\(clip).wav",
          ToneDataset.wav(pause + tone + pause, sampleRate: rate))
      }
    }
    let training = fixture.run(["train", "recordings"] + OwnWordsFixture.tiny(epochs: 1))
    #expect(
      training.errorLines.filter { $0.hasPrefix("pauses: ") } == [
        "pauses: the words' clips give a window of 2.3 s, but half of the words take less than 0.3 s; to "
          + "hear words in long recordings soon, train with --max-clip-seconds 0.4 and recordings of talk "
          + "(--negatives)"
      ], "\(training)")
    let shorter = fixture.run(
      ["train", "recordings", "--max-clip-seconds", "0.4"] + OwnWordsFixture.tiny(epochs: 1))
    #expect(shorter.code == 0 && !shorter.errors.contains("pauses: "), "\(shorter)")
  }
}
