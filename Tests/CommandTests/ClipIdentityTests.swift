import SystemPackage
import TestSupport
import Testing

/// What a clip was to a model, and the channel, through the program.
@Suite struct ClipIdentityTests {
  private let folder = TemporaryFolder()

  private func run(_ arguments: [String]) -> Program.Output {
    var program = Program(in: folder.path)
    program.environment["KWS_MODEL"] = CommandFixture.folder["run"].string
    return program.run(arguments: arguments.map { Array($0.utf8) })
  }

  private func train(_ data: String, _ more: String...) -> Program.Output {
    run(["train", data, "--out", "run"] + CommandFixture.tiny + more)
  }

  /// The tones of the fixture, to be changed.
  private func tones(_ name: String = "tones") {
    ToneDataset.write(to: folder[name], words: 3, clips: 16)
    ToneDataset.writeLists(to: folder[name], words: 3, clips: 16)
  }

  private func copy(_ name: String, to other: String) {
    TemporaryFolder.write(TemporaryFolder.read(folder[name])!, to: folder[other])
  }

  /// The words are on the second channel, other words on the first.
  @Test func theChannelIsTheModels() {
    for word in 0..<3 {
      for clip in 0..<16 {
        let tones = [(word + 1) % 3, word].map {
          ToneDataset.tone(
            ToneDataset.words[$0].pitch, seconds: 0.25, seed: UInt64(word * 100 + clip))
        }
        let label = ToneDataset.words[word].name
        let name = "stereo/\(label)/speaker\(clip % 4)_nohash_\(clip / 4).wav"
        TemporaryFolder.write(
          ToneDataset.wav(
            zip(tones[0], tones[1]).flatMap { [$0, $1] }, sampleRate: ToneDataset.sampleRate,
            channels: 2), to: folder[name])
      }
    }
    ToneDataset.writeLists(to: folder["stereo"], words: 3, clips: 16)
    let training = train("stereo", "--channel", "2", "--epochs", "12")
    #expect(
      training.errors.contains("test (measured once): 12 of 12, too few to tell"), "\(training)")
    #expect(run(["info", "run"]).text.contains("channel: 2\n"))
    let output = run(["evaluate", "stereo", "--model", "run"])
    #expect(
      output.code == 0 && output.text.contains("too few clips to tell, 12 of 12 right"), "\(output)"
    )
    #expect(!output.errors.contains("reads channel"))
    let clip = "stereo/mid/speaker3_nohash_0.wav"
    #expect(run(["classify", clip, "--model", "run"]).text.hasPrefix("mid "))
    // A clip of one channel leaves nothing to choose, but has no second channel to be asked for.
    let mono = CommandFixture.folder[CommandFixture.clip].string
    #expect(run(["classify", mono, "--model", "run"]).text.hasPrefix("mid "))
    let asked = run(["classify", mono, "--model", "run", "--channel", "2"])
    #expect(asked.code == 65 && asked.errors.contains("it has 1"), "\(asked)")
    let tuned = run(["tune", "run", "stereo", "--max-false-reject", "0", "--quiet", "--in-place"])
    #expect(tuned.code == 0 && tuned.text.contains("0.0%"), "\(tuned)")
    let compared = run(["compare", "run", "run", "stereo", "--quiet"])
    #expect(compared.text.contains("A run/model.safetensors: 12 of 12 right"), "\(compared)")
    let audit = run(["audit", "stereo", "--model", "run", "--quiet"])
    #expect(audit.code == 0 && !audit.text.contains("mislabelled"), "\(audit)")
    // Another channel is read if requested, with a remark; the clips stay known.
    let other = run(["evaluate", "stereo", "--model", "run", "--channel", "1", "--split", "all"])
    #expect(other.errors.contains("reads channel 1; the model was trained on channel 2"))
    #expect(other.text.contains("too few clips to tell, 0 of 12 right"), "\(other)")
    #expect(other.text.contains("trained on: 24 clips"), "\(other)")
  }

  @Test func testClipsThatAreTrainedOnAreToldLeftOutAndRefused() {
    tones()
    for word in ["low", "mid", "top"] {
      for index in 0..<4 {
        copy(
          "tones/\(word)/speaker\(index % 2)_nohash_\(index).wav",
          to: "tones/\(word)/speaker3_nohash_\(index).wav")
      }
    }
    let strict = train("tones", "--strict", "--epochs", "1", "--quiet")
    #expect(strict.code == 65 && strict.isOneError, "\(strict)")
    #expect(strict.errors.hasPrefix("kws: 12 of 12 test clips are identical"), "\(strict)")
    #expect(TemporaryFolder.names(in: folder.path) == ["tones"])
    let output = train("tones", "--epochs", "1")
    #expect(output.code == 0 && output.errors.contains("12 of 12 test clips are identical"))
    #expect(!output.errors.contains("test (measured once)"), "\(output)")
    #expect(output.errors.contains("the model has met every clip of the test part"))
    #expect(output.errors.contains("test clips left out, trained on: 12 clips"))
  }

  @Test func whatTheStartHasMetIsNotTested() {
    tones()
    let list = folder["tones/testing_list.txt"]
    let text = TemporaryFolder.text(list)!.replacing("speaker3", with: "speaker0")
    TemporaryFolder.write(Array(text.utf8), to: list)
    let output = run([
      "train", "tones", "--out", "next", "--from", CommandFixture.folder["run"].string, "--epochs",
      "1",
    ])
    #expect(output.code == 0 && output.errors.contains("12 of 12 test clips"), "\(output)")
    #expect(!output.errors.contains("test (measured once)"), "\(output)")
  }

  /// A start that has met every clip leaves no fold to be measured, and no mean of nothing.
  @Test func foldsThatTheStartHasMetGiveNoFigure() {
    for word in ["low", "mid"] {
      for name in ["speaker0_nohash_0.wav", "speaker1_nohash_0.wav"] {
        TemporaryFolder.write(
          TemporaryFolder.read(CommandFixture.folder["tones/\(word)/\(name)"])!,
          to: folder["met/\(word)/\(name)"])
      }
    }
    let output = run([
      "train", "met", "--out", "folds", "--from", CommandFixture.folder["run"].string, "--epochs",
      "1", "--folds", "speaker",
    ])
    #expect(output.code == 65 && output.text == "folds/model.safetensors\n", "\(output)")
    #expect(
      output.errors.contains("fold 2 of 2 is left out: its clips of words cannot be read, or"))
    #expect(output.errorLines.last == "kws: no fold could be measured; see the warnings")
  }

  @Test func aBaselineOfOtherSoundsIsOfOtherClips() {
    tones()
    let report = ["evaluate", "tones", "--quiet", "--report"]
    #expect(run(report + ["base"]).code == 0)
    let (first, second) = ("tones/low/speaker3_nohash_0.wav", "tones/low/speaker3_nohash_1.wav")
    let sounds = [first, second].map { TemporaryFolder.read(folder[$0])! }
    TemporaryFolder.write(sounds[1], to: folder[first])
    TemporaryFolder.write(sounds[0], to: folder[second])
    let output = run([
      "evaluate", "tones", "--quiet", "--baseline", "base", "--fail-if-worse", "--json",
    ])
    #expect(output.code == 65, "\(output)")
    #expect(
      output.errorLines.last?.hasPrefix("kws: not the same clips: the file 'low/speaker3") == true)
  }

  @Test func clipsThatChoseTheThresholdsAreLabelled() {
    tones()
    let tune = ["tune", CommandFixture.folder["run"].string, "tones", "--max-false-reject", "0.1"]
    let output = run(tune + ["--split", "testing", "--out", "tuned"])
    #expect(output.code == 0 && output.errors.contains("thresholds are chosen on the test part"))
    let evaluation = run(["evaluate", "tones", "--model", "tuned", "--quiet"])
    #expect(evaluation.text.contains("over clips that the model has met"), "\(evaluation)")
    #expect(evaluation.text.contains("chose the thresholds: 12 clips"), "\(evaluation)")
    let gate = run(["evaluate", "tones", "--model", "tuned", "--minimum-accuracy", "1", "--quiet"])
    #expect(gate.errors.contains("warning: the accuracy is over clips that the model has met"))
    let all = run(["evaluate", "tones", "--model", "tuned", "--split", "all", "--quiet"])
    #expect(all.text.contains("trained on: 24 clips") && all.text.contains("selected on"))
    let trained = run(tune + ["--split", "training", "--out", "other"])
    #expect(trained.errors.contains("warning: 24 of 24 clips were trained on"), "\(trained)")
    #expect(run(["info", "tuned"]).text.contains("chose the thresholds: 12 clips known"))
  }

  /// The fixture's model was trained on the same tones; one more file changes nothing for the others.
  @Test func aPartThatChoseTheEpochIsSaidToHaveDoneSo() {
    tones()
    ToneDataset.write(to: folder["more"], words: 1, clips: 4, seconds: 0.3)
    copy("more/low/speaker2_nohash_0.wav", to: "tones/low/extra_nohash_0.wav")
    let output = run(["evaluate", "tones", "--split", "validation", "--quiet"])
    #expect(output.text.contains("selected on"), "\(output)")
    #expect(output.text.contains("evaluated 12 of 49 clips (validation)"), "\(output)")
  }
}
