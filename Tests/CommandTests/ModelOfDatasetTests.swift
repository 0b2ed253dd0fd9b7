import Foundation
import TestSupport
import Testing

/// Which model measures a dataset, and whether it can.
@Suite struct ModelOfDatasetTests {
  private let fixture = OwnWordsFixture()

  private func train(_ data: String, words: [Int], _ more: String...) {
    for word in words { fixture.write(word, in: data, speakers: ["anna", "ben"], clips: 4) }
    let training = fixture.run(["train", data] + OwnWordsFixture.tiny() + more)
    #expect(training.code == 0, "\(training)")
  }

  private func subject(_ output: Program.Output) throws -> [String: Any] {
    let report = try JSONSerialization.jsonObject(with: Data(output.bytes)) as! [String: Any]
    return report["subject"] as! [String: Any]
  }

  @Test func aModelThatKnowsNoneOfTheWordsIsRefused() {
    train("alone", words: [0, 1])
    for word in [2, 3] { fixture.write(word, in: "others", speakers: ["carl"], clips: 4) }
    let output = fixture.run("evaluate", "others", "--quiet")
    #expect(output.code == 65 && output.isOneError, "\(output)")
    #expect(output.errors.contains("none of its words ("), "\(output)")
    #expect(output.errors.contains("choose another with --model"), "\(output)")
    let tuned = fixture.run(
      "tune", "runs/alone-1", "others", "--max-false-reject", "0.1", "--split", "all", "--out", "t",
      "--quiet")
    #expect(tuned.code == 65 && tuned.isOneError, "\(tuned)")
    // Clips that are meant as other words are measured.
    fixture.write(2, "_unknown_", in: "negatives", speakers: ["carl"], clips: 4)
    #expect(fixture.run("evaluate", "negatives").code == 0)
  }

  @Test func someForeignWordsAreAWarning() {
    train("alone", words: [0, 1])
    for word in [1, 2] { fixture.write(word, in: "others", speakers: ["carl"], clips: 4) }
    let output = fixture.run("evaluate", "others")
    let text = "1 of 2 words of the dataset are not words of the model and count as _unknown_: "
    #expect(output.code == 0 && output.errors.contains("warning: " + text), "\(output)")
    let words = output.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains(text), "\(output)")
    // Where words were chosen for the training on it, the others are unknown on purpose.
    fixture.write(2, in: "alone", speakers: ["anna", "ben"], clips: 4)
    let names = [0, 1].map { ToneDataset.words[$0].name }.joined(separator: ",")
    train("alone", words: [0, 1], "--words", names)
    #expect(!fixture.run("evaluate", "alone").errors.contains("are not words of the model"))
  }

  @Test func aRunOfTheDatasetGoesBeforeTheNewest() throws {
    train("recordings", words: [0, 1])
    train("alone", words: [1, 2])
    let output = fixture.run("evaluate", "recordings", "--json")
    #expect(output.code == 0, "\(output)")
    let model = "runs/recordings-1/model.safetensors"
    #expect(output.errorLines[0].hasPrefix("kws: model \(model), trained on recordings; words: "))
    let subject = try subject(output)
    #expect(subject["model"] as? String == model, "\(subject)")
    #expect(subject["training"] as? String == "recordings, 16 clips of 2 speakers", "\(subject)")
    // The newest is named as the run that it is.
    let newest = fixture.run("evaluate", "alone", "--json")
    #expect(newest.errorLines[0].contains("model runs/alone-1/model.safetensors"), "\(newest)")
    let text = fixture.run("evaluate", "alone", "--model", "runs/latest", "--quiet").text
    #expect(
      text.contains("model    runs/alone-1/model.safetensors\ntrained  on alone, 16 clips of"))
  }

  /// Another folder of the same name is another dataset.
  @Test func datasetsAreToldApartByTheirClips() {
    train("recordings", words: [0, 1])
    train("b/recordings", words: [2, 3])
    let output = fixture.run("evaluate", "recordings")
    #expect(output.errors.contains("kws: model runs/recordings-1/"), "\(output)")
    let other = fixture.run("evaluate", "b/recordings")
    #expect(other.errors.contains("kws: model runs/recordings-2/"), "\(other)")
    for word in [2, 3] { fixture.write(word, in: "new", speakers: ["dora"], clips: 4) }
    let new = fixture.run("evaluate", "new")
    #expect(new.errorLines[0].hasPrefix("kws: model runs/recordings-2/"), "\(new)")
    #expect(new.errorLines[0].hasSuffix(" (no run was trained on new)"), "\(new)")
  }

  @Test func builtInIsAModelsName() throws {
    ToneDataset.write(to: fixture.folder["d"], words: 1, clips: 4)
    let clip = "d/\(ToneDataset.words[0].name)/speaker1_nohash_0.wav"
    for arguments in [
      ["classify", clip, "--model", "built-in"], ["info", "built-in"],
      ["halve", "built-in", "half.safetensors"],
      ["export", "built-in", "--format", "c", "--out", "c"],
    ] {
      let output = fixture.run(arguments)
      #expect(output.code == 0, "\(arguments): \(output)")
    }
    fixture.folder.makeFolder("words")
    let yes = try #require(TemporaryFolder.read(fixture.folder[clip]))
    for (index, word) in ["yes", "no"].enumerated() {
      for speaker in 0..<6 {
        fixture.folder.write("words/\(word)/s\(speaker)_nohash_\(index).wav", yes + [0, 0])
      }
    }
    let compared = fixture.run("compare", "built-in", "half.safetensors", "words", "--quiet")
    #expect(
      compared.code == 0 && compared.text.contains("built-in (Speech Commands)"), "\(compared)")
    let evaluated = fixture.run("evaluate", "words", "--model", "built-in", "--quiet")
    #expect(evaluated.text.contains("model    built-in (Speech Commands)\n"), "\(evaluated)")
    let tuned = fixture.run(
      "tune", "built-in", "words", "--max-false-reject", "0.5", "--split", "all", "--out", "t")
    #expect(tuned.code != 66 && tuned.code != 64, "\(tuned)")
    #expect(fixture.run("audit", "words", "--model", "built-in", "--quiet").code == 0)
  }
}
