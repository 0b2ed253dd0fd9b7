import Foundation
import KeywordSpotting
import TestSupport
import Testing

/// Which model a training of few clips begins from, when nobody names one.
@Suite struct TrainingStartTests {
  private let fixture = OwnWordsFixture()
  private let remark = "few clips: training starts from built-in-words"

  /// Trains for an epoch, and gives what the terminal and config.json say of the start.
  private func start(_ more: String...) throws -> (isSaid: Bool, name: String?) {
    let output = fixture.run(
      [
        "train", "recordings", "--epochs", "1", "--warm-up", "0", "--folds", "none", "--out",
        "other",
      ]
        + more)
    #expect(output.code == 0, "\(output)")
    let config = try #require(TemporaryFolder.read(fixture.folder["other/config.json"]))
    let object = try JSONSerialization.jsonObject(with: Data(config)) as! [String: Any]
    try FileManager.default.removeItem(atPath: fixture.folder["other"].string)
    return (output.errors.contains(remark), object["from"] as? String)
  }

  @Test func fewClipsStartFromTheWords() throws {
    fixture.writeWords(speakers: ["anna", "ben", "carl"], clips: 4)
    #expect(try start() == (true, "built-in-words"))
    #expect(try start("--from", "none") == (false, nil))
    // Who decides about the network or the features trains from nothing.
    #expect(try start("--hidden", "8", "--layers", "1") == (false, nil))
    #expect(try start("--no-clip-mean") == (false, nil))
    #expect(try start("--from", "built-in") == (false, "built-in"))
    let many = (1...100).map { "speaker\($0)" }
    fixture.write(2, speakers: many, clips: 1)
    #expect(try start("--hidden", "8").isSaid == false)
  }

  /// Words of more than a second are not cut by the model's window.
  @Test func longerWordsKeepTheirLength() throws {
    for (word, pitch) in [("low", 300.0), ("high", 700)] {
      for speaker in ["anna", "ben", "carl"] {
        for clip in 1...3 {
          let samples = ToneDataset.tone(pitch, seconds: 1.35, seed: UInt64(clip))
          fixture.folder.write(
            "recordings/\(word)/\(speaker)_\(clip).wav",
            ToneDataset.wav(samples, sampleRate: ToneDataset.sampleRate))
        }
      }
    }
    let output = fixture.run(
      "train", "recordings", "--epochs", "1", "--warm-up", "0", "--folds", "none", "--out", "run")
    #expect(output.code == 0 && output.errors.contains(remark), "\(output)")
    let model = try KeywordModel(contentsOf: fixture.folder["run/model.safetensors"])
    #expect(model.window.maximumSeconds == 1.4 && model.frontEnd.sampleRate == 16_000)
    let config = TemporaryFolder.text(fixture.folder["run/config.json"])
    #expect(config?.contains(#""max-clip-seconds": 1.4"#) == true, "\(config ?? "")")
    // A shorter window is a choice that keeps the start.
    #expect(try start("--max-clip-seconds", "0.9") == (true, "built-in-words"))
  }

  /// Two hundred who say other words are no speakers of these words.
  @Test func speakersAreThoseOfTheWords() throws {
    fixture.writeWords(speakers: ["anna", "ben", "carl"], clips: 4)
    for speaker in 1...200 {
      let samples = ToneDataset.tone(150 + 3 * Double(speaker), seconds: 0.4, seed: UInt64(speaker))
      fixture.folder.write(
        "recordings/_unknown_/speaker\(speaker)_1.wav",
        ToneDataset.wav(samples, sampleRate: ToneDataset.sampleRate))
    }
    #expect(try start() == (true, "built-in-words"))
    let output = fixture.run(
      "train", "recordings", "--epochs", "1", "--warm-up", "0", "--folds", "none", "--hidden", "8",
      "--out",
      "own", "--speaker-pattern", "^([a-z0-9]+)_")
    #expect(output.code == 0, "\(output)")
    let config = try #require(TemporaryFolder.text(fixture.folder["own/config.json"]))
    #expect(
      config.contains(#""vocal-tract": 0.2"#) && config.contains(#""snr-min": 5.0"#), "\(config)")
  }

  private static let speech = Repository.root.appending("../shared/data/speech_commands")

  /// Clips that the model was trained on could not be measured with it.
  @Test(
    .enabled(if: EntryKind(of: speech) == .folder, "the Speech Commands clips are not there"))
  func itsOwnClipsDoNotStartFromIt() throws {
    for word in ["cat", "happy"] {
      let folder = Self.speech.appending(word)
      let names = TemporaryFolder.names(in: folder).filter { $0.hasSuffix(".opus") }.sorted()
      for name in names.prefix(6) {
        let bytes = try #require(TemporaryFolder.read(folder.appending(name)))
        fixture.folder.write("recordings/\(word)/\(name)", bytes)
      }
    }
    #expect(try start() == (false, nil))
  }
}
