import SystemPackage
import TestSupport
import Testing

/// The commands of the article on listening, in their order, with tones for words.
@Suite struct ListeningArticleTests {
  private let folder = TemporaryFolder()
  private static let article = Repository.root
    .appending("Sources/KeywordSpotting/KeywordSpotting.docc/ContinuousSound.md")

  /// The commands of the section that leads from recordings to a model.
  private static var commands: [[String]] {
    get throws {
      let text = try #require(TemporaryFolder.text(article))
      let section = try #require(text.split(separator: "\n## ").first { $0.hasPrefix("From rec") })
      return section.split(separator: "\n").map { $0.drop { $0 == " " } }
        .filter { $0.hasPrefix("kws ") }.map {
          $0.split(separator: " ").dropFirst().map(String.init)
        }
    }
  }

  /// Words, talk without them, and labelled recordings of eight speakers for either step.
  private func prepare() {
    ToneDataset.write(to: folder["words"], words: 3)
    ToneDataset.write(to: folder["other_words"], words: 3, clips: 8, seed: 50)
    for (name, seed) in [("talk", 0), ("other_talk", 20)] {
      for talk in 0..<4 {
        let tones = [500.0, 1_500, 3_100].enumerated().flatMap { index, pitch in
          ToneDataset.tone(pitch, seconds: 2, seed: UInt64(seed + 100 * talk + index))
        }
        folder.write(
          "\(name)/talker\(talk)_nohash_0.wav", ToneDataset.wav(tones, sampleRate: 8_000))
      }
      let rows = (0..<4).map { "talker\($0)_nohash_0.wav,talk\n" }.joined()
      folder.write("\(name)/transcripts.csv", text: "path,text\n" + rows)
    }
    // Nobody wrote down what is said here.
    EventTests.write([("mid", 1), ("top", 3)], seconds: 5, to: "more_talk/radio.wav", in: folder)
    for name in ["tune", "measure"] {
      var table = "path,speaker,start,end,label\n"
      for speaker in 0..<8 {
        let words = [("mid", 1.0), ("low", 3.0 + 0.02 * Double(speaker))]
        EventTests.write(words, seconds: 5, to: "\(name)/\(speaker).wav", in: folder)
        for (word, start) in words {
          table += "\(name)/\(speaker).wav,s\(speaker),\(start),\(start + 0.5),\(word)\n"
        }
      }
      folder.write("\(name).csv", text: table)
    }
  }

  @Test func theCommandsLeadToAModel() throws {
    prepare()
    let commands = try Self.commands
    #expect(
      commands.map { $0[0] } == [
        "train", "mix", "tune", "evaluate", "listen", "review", "mine", "review", "train",
        "compare",
      ])
    let program = Program(in: folder.path)
    for command in commands {
      var (arguments, input) = (command, "")
      switch command[0] {
      case "train": arguments += CommandFixture.tiny + ["--epochs", "12", "--folds", "2"]
      // There is no microphone.
      case "listen": arguments.insert("measure", at: 1)
      case "review":
        arguments.append("--mute")
        input = String(repeating: "y\nn\n", count: 20)
      default: break
      }
      let output = program.run(
        arguments: arguments.map { Array($0.utf8) }, input: Array(input.utf8))
      // Seconds prove no rate of false alarms.
      #expect(output.code == (command[0] == "tune" ? 1 : 0), "\(command): \(output)")
    }
    let sorted = TemporaryFolder.names(in: folder["kept-reviewed"])
    #expect(sorted.contains("_unknown_") && sorted.contains("reviewed.csv"), "\(sorted)")
    let info = program.run("info", "runs/words-1").text
    #expect(info.contains("listening, chosen: for at most 0.5 false alarms an hour"), "\(info)")
  }
}
