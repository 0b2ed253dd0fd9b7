import Glibc
import SystemPackage
import TestSupport
import Testing

/// Every documented exit code, by the real program, with one line that says what is wrong.
@Suite struct ExitCodeTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()

  @Test func zeroIsDone() {
    #expect(CommandFixture.folder.path.isAbsolute)
    #expect(CommandFixture.training.code == 0)
    #expect(program.run("classify", CommandFixture.clip).code == 0)
    #expect(program.run("--version").code == 0)
    #expect(program.run("train", "--help").code == 0)
  }

  @Test func oneIsAConditionThatDoesNotHold() {
    let path = folder["tuned"].string
    for arguments in [
      // At a threshold of 1 every answer is unknown; nothing proves so low a rate on a few clips.
      ["evaluate", "tones", "--threshold", "1", "--minimum-accuracy", "99"],
      ["tune", "run", "tones", "--max-false-alarms-per-hour", "0.001", "--out", path],
    ] {
      let output = program.run(arguments: arguments.map { Array($0.utf8) })
      #expect(output.code == 1 && !output.bytes.isEmpty, "\(arguments): \(output)")
      #expect(output.errorLines.last?.hasPrefix("kws: ") == true)
    }
  }

  @Test(arguments: [
    ["classify"], ["classify", "x.wav", "--top", "0"], ["classify", "x.wav", "--threshold", "2"],
    ["classify", "x.wav", "--threads", "0"], ["classify", "x.wav", "--channel", "0"],
    ["classify", "x.wav", "--json", "--csv"], ["classify", "x.wav", "--nonsense"],
    ["evaluate"], ["evaluate", "tones", "--split", "some"], ["train"],
    ["train", "tones", "--hidden"],
    ["train", "tones", "--hidden", "many"], ["train", "tones", "--threads", "0"],
    ["train", "tones", "--memory", "lots"], ["train", "tones", "--memory=-1G"],
    ["features", "x.wav", "--rate", "5"], ["features", "x.wav", "--format", "xml"],
    ["train", "tones", "--words", "low,low"], ["train", "tones", "--layers", "0"],
    ["train", "tones", "--rate", "5"], ["train", "tones", "--mel-bands", "0"],
    ["train", "tones", "--max-clip-seconds", "0.001"], ["train", "tones", "--dropout", "1"],
    ["train", "tones", "--speaker-pattern", "("],
    ["train", "tones", "--validation-percent", "120"],
    ["features", "tones/mid/speaker3_nohash_0.wav", "--mel-bands", "0"],
    ["train", "tones", "--unknown-share", "nan"], ["train", "tones", "--speed", "3"],
    ["train", "tones", "--effort", "much"],
    ["train", "tones", "--effort", "high", "--epochs", "3"],
  ])
  func sixtyFourIsUsage(_ arguments: [String]) {
    let output = program.run(arguments: arguments.map { Array($0.utf8) })
    #expect(output.code == 64, "\(arguments): \(output.code) \(output.errors)")
    #expect(output.bytes.isEmpty && output.errorLines.last?.hasPrefix("kws: ") == true)
  }

  @Test func sixtyFiveIsBadData() {
    folder.write("noise.wav", text: "this is no audio")
    folder.write("bad.safetensors", text: "this is no model")
    folder.makeFolder("empty")
    let path = folder.path.string
    for arguments in [
      ["classify", "\(path)/noise.wav"], ["classify", path + "/empty"],
      ["classify", CommandFixture.clip, "--model", "\(path)/bad.safetensors"],
      ["info", "\(path)/bad.safetensors"], ["features", "\(path)/noise.wav"],
      ["train", "\(path)/empty"], ["evaluate", "\(path)/empty"],
      ["classify", CommandFixture.clip, "--channel", "2", "--quiet"],
    ] {
      let output = program.run(arguments: arguments.map { Array($0.utf8) })
      #expect(output.code == 65 && output.isOneError, "\(arguments): \(output)")
    }
  }

  @Test func sixtySixIsMissingInput() {
    for arguments in [
      ["classify", "none.wav"], ["train", "none"], ["evaluate", "none"], ["features", "none.wav"],
      ["classify", CommandFixture.clip, "--model", "none"], ["info", "none"],
      ["classify", "--files-from", "none"], ["train", "--resume", "none"],
      ["train", "tones", "--config", "none.json"],
    ] {
      let output = program.run(arguments: arguments.map { Array($0.utf8) })
      #expect(output.code == 66 && output.isOneError, "\(arguments): \(output)")
    }
  }

  /// Nobody names a model, and none was trained here: the built-in one answers, and says so.
  @Test func withoutAModelTheBuiltInOneAnswers() {
    var bare = program
    bare.environment["KWS_MODEL"] = nil
    let output = bare.run("classify", CommandFixture.clip)
    let name =
      "kws: model built-in (Speech Commands); words: yes, no, up, down, left, right, on, off"
    #expect(output.code == 0 && output.errors == name + ", stop, go\n", "\(output)")
  }

  @Test func seventyIsADivergedTraining() {
    let output = program.run(
      arguments: (["train", "tones", "--out", folder["run"].string] + CommandFixture.tiny + [
        "--optimizer", "sgd", "--learning-rate", "100", "--clip", "0", "--weight-decay", "10",
        "--schedule", "constant", "--epochs", "100", "--quiet",
      ]).map { Array($0.utf8) })
    #expect(output.code == 70 && output.isOneError, "\(output)")
    #expect(output.errors.contains("batch") && output.errors.contains("--learning-rate"))
    #expect(TemporaryFolder.names(in: folder["run"]).contains("checkpoint.safetensors"))
  }

  @Test func seventyThreeIsWhatCannotBeCreated() {
    folder.write("file", text: "x")
    folder.write("taken/notes.txt", text: "somebody's")
    let path = folder.path.string
    for arguments in [
      ["features", CommandFixture.clip, "--out", "\(path)/none/f.npy"],
      ["features", CommandFixture.clip, "--out", "\(path)/file/f.npy"],
      ["train", "tones", "--out", "\(path)/taken"] + CommandFixture.tiny,
      ["train", "tones", "--out", "\(path)/file/run"] + CommandFixture.tiny,
      ["evaluate", "tones", "--report", "\(path)/file/r"],
    ] {
      let output = program.run(arguments: arguments.map { Array($0.utf8) })
      #expect(output.code == 73 && !output.errors.isEmpty, "\(arguments): \(output)")
    }
    #expect(TemporaryFolder.names(in: folder["taken"]) == ["notes.txt"])
  }

  @Test func seventyFourIsInputOrOutput() {
    var full = program
    full.output = .file("/dev/full")
    var closed = program
    closed.output = .closed
    for arguments in [
      ["classify", CommandFixture.clip], ["classify", CommandFixture.clip, "--json"], ["info"],
      ["evaluate", "tones"], ["features", CommandFixture.clip], ["audit", "tones"],
      ["compare", "run", "run", "tones"], ["--help"], ["train", "--help"], ["--version"],
    ] {
      for program in [full, closed] {
        let output = program.run(arguments: arguments.map { Array($0.utf8) })
        #expect(output.code == 74, "\(arguments): \(output)")
        #expect(output.errorLines.last?.contains("standard output cannot be written") == true)
      }
    }
  }

  /// A program without standard error and output must not write its messages into its own files.
  @Test func closedStreamsDoNotHarmFiles() {
    var silent = program
    (silent.output, silent.errors) = (.closed, .closed)
    let path = folder["run"].string
    let output = silent.run(
      arguments: (["train", "tones", "--out", path] + CommandFixture.tiny + ["--epochs", "12"]).map
      {
        Array($0.utf8)
      })
    #expect(output.code == 74)
    #expect(
      TemporaryFolder.read(folder["run/model.safetensors"])
        == TemporaryFolder.read(CommandFixture.folder["trained.safetensors"]))
  }

  @Test(arguments: [
    ("clasify", "classify"), ("trian", "train"), ("evalute", "evaluate"), ("feature", "features"),
  ])
  func anUnknownCommandGetsAHint(_ word: String, _ meant: String) {
    let output = program.run(word, "x")
    #expect(output.code == 64 && output.isOneError)
    #expect(output.errors.contains("did you mean \(meant)?"))
    let far = program.run("xylophone")
    #expect(far.code == 64 && far.isOneError && !far.errors.contains("did you mean"))
  }

  /// Whatever else is wrong with the command: the value of such an option looks like a second folder.
  @Test(arguments: [
    (["evaluate", "tones", "--repot", "x"], "Unknown option '--repot'. Did you mean '--report'?"),
    (["evaluate", "tones", "--repot=x"], "Unknown option '--repot'. Did you mean '--report'?"),
    (["tune", "tones", "--xylophone", "3"], "Unknown option '--xylophone' (see kws tune --help)"),
    (["tune", "tones", "--event", "x"], "Did you mean '--events'?"),
    (["mine", "tones", "--event", "x"], "Unknown option '--event' (see"),
    (["halve", "--int8"], "Missing expected argument"),
    (["evaluate", "tones", "other"], "one folder of labelled clips is measured, not 2"),
    (["evaluate", "--", "tones", "--repot"], "one folder of labelled clips is measured, not 2"),
    (
      ["train", "tones", "--no-balence"],
      "Unknown option '--no-balence'. Did you mean '--no-balance'?"
    ),
  ])
  func anUnknownOptionIsNamed(_ arguments: [String], _ message: String) {
    let output = program.run(arguments: arguments.map { Array($0.utf8) })
    #expect(output.code == 64 && output.isOneError && output.errors.contains(message))
  }
}
