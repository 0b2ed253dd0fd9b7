import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

/// `kws review` by the real program, with answers from a pipe and from a terminal.
@Suite struct ReviewTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()
  private var kept: String { folder["kept"].string }
  private var sorted: FilePath { folder["kept-reviewed"] }

  /// Saves the four events of the stream: mid, low, top, low.
  private func save() throws {
    let file = folder.write("talk.wav", ListenFixture.wav()).string
    #expect(program.run("listen", file, "--save", kept, "--quiet").code == 0)
  }

  private func review(_ answers: String, _ more: String...) -> Program.Output {
    program.run(
      arguments: (["review", kept] + (more.isEmpty ? ["--mute"] : more)).map { Array($0.utf8) },
      input: Array(answers.utf8))
  }

  /// A player that notes what it is given, and then does `rest`.
  private func player(_ rest: String = "") -> String {
    let path = folder.write(
      "player", text: "#!/bin/sh\necho \"$1\" >> \(folder["played"])\n\(rest)\n")
    #expect(path.withPlatformString { chmod($0, 0o755) } == 0)
    return path.string
  }

  private var played: [Substring] {
    (TemporaryFolder.text(folder["played"]) ?? "").split(separator: "\n")
  }

  private func files(_ word: String) -> Int {
    TemporaryFolder.names(in: sorted.appending(word)).count
  }

  private var answers: [[Substring]] {
    (TemporaryFolder.text(sorted.appending("reviewed.csv")) ?? "")
      .split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",") }
  }

  /// Every sound lies under what it was answered to be, and training reads the folder.
  @Test func soundsAreSortedByTheirAnswers() throws {
    try save()
    let output = review("y\nn\nw\nother\nw 2\n", "--player", player())
    #expect(output.code == 0, "\(output)")
    #expect(
      TemporaryFolder.names(in: sorted) == ["_unknown_", "mid", "other", "reviewed.csv"],
      "\(output)")
    // The second of low, mid, top and other is mid.
    #expect(files("mid") == 2 && files("_unknown_") == 1 && files("other") == 1)
    #expect(answers.map { $0[2] } == ["mid", "low", "top", "low"])
    #expect(answers.map { $0[3] } == ["mid", "_unknown_", "other", "mid"])
    let lines = output.text.split(separator: "\n")
    #expect(lines.count == 4 && played.count == 4)
    for (line, original) in zip(lines, played) {
      let copy = TemporaryFolder.read(FilePath(String(line)))
      #expect(copy != nil && copy == TemporaryFolder.read(FilePath(String(original))))
    }
    // What is shown: word, probability, place and file.
    let shown = output.errorLines.filter { $0.contains(" of 4  ") }
    #expect(shown.count == 4)
    let pattern = /.*1 of 4  mid  \d+\.\d%  0:00:0\d\.\d\d of .*talk\.wav  .*\/mid\/talk_nohash_.*/
    #expect(shown[0].wholeMatch(of: pattern) != nil, "\(shown)")
    #expect(output.errors.hasSuffix("4 reviewed; \(sorted): _unknown_ 1, mid 2, other 1\n"))
    let audit = program.run("audit", sorted.string)
    #expect(audit.code == 0 && audit.text.contains("other"), "\(audit)")
  }

  /// What is answered is not asked again; what was skipped is.
  @Test func aReviewGoesOn() throws {
    try save()
    let first = review("y\ns\nq\n")
    #expect(first.code == 0 && first.errors.contains("1 reviewed, 3 left"), "\(first)")
    let second = review("n\nn\n")
    #expect(second.errors.contains("1 of 3  low") && second.errors.contains("2 reviewed, 1 left"))
    let third = review("x\n\na\ny\n", "--player", player())
    #expect(third.errors.contains("y, n, w, s, a or q, not 'x'"), "\(third)")
    #expect(third.errors.contains("1 of 1  low") && played.count == 2)
    #expect(answers.map { $0[3] } == ["mid", "_unknown_", "_unknown_", "low"])
    let last = review("y\n")
    #expect(last.text.isEmpty && last.errors.contains("kws: 0 reviewed; "), "\(last)")
    // Another sound under a name that is answered is another event.
    let file = FilePath("\(kept)/\(answers[0][0])")
    TemporaryFolder.write(ListenFixture.wav(), to: file)
    #expect(review("y\n").errors.contains("1 of 1  mid") && files("mid") == 2)
  }

  /// Ctrl-C keeps what was answered.
  @Test(arguments: [SIGINT, SIGTERM]) func aSignalLosesNothing(_ signal: Int32) throws {
    try save()
    let slow = player("[ $(wc -l < \(folder["played"])) = 1 ] || exec sleep 30")
    let running = program.start(
      "review", kept, "--player", slow, input: Array("y\ny\ny\ny\n".utf8))
    #expect(running.waits(for: "2 of 4"))
    for _ in 0..<500 where played.count < 2 { usleep(10_000) }
    let start = ContinuousClock.now
    running.send(signal)
    let output = running.wait()
    #expect(output.code == 128 + signal && output.signal == nil, "\(output)")
    #expect(ContinuousClock.now - start < .seconds(1))
    #expect(output.errors.contains("stopped by signal \(signal); 1 reviewed, 3 left"), "\(output)")
    #expect(answers.count == 1 && files("mid") == 1)
    #expect(review("y\ny\ny\n").errors.contains("3 reviewed;"))
    #expect(answers.count == 4)
  }

  /// An end between an answer's record and its copy: the copy is made when the review goes on.
  ///
  /// What a person took away before stays away.
  @Test func aCopyThatIsMissingIsMade() throws {
    try save()
    _ = review("y\ny\nq\n")
    for word in ["mid", "low"] {
      let name = TemporaryFolder.names(in: sorted.appending(word))[0]
      #expect(sorted.appending(word).appending(name).withPlatformString { unlink($0) } == 0)
    }
    _ = review("q\n")
    #expect(files("low") == 1 && files("mid") == 0)
  }

  /// Events of one name under two words do not meet in one folder.
  @Test func equalNamesDoNotMeet() throws {
    folder.write("kept/a/x.wav", ToneDataset.wav([0.1, 0.2], sampleRate: 8_000))
    folder.write("kept/b/x.wav", ToneDataset.wav([0.3, 0.4], sampleRate: 8_000))
    folder.write("kept/c/x.wav", ToneDataset.wav([0.3, 0.4], sampleRate: 8_000))
    #expect(review("n\nn\nn\n").code == 0)
    #expect(TemporaryFolder.names(in: sorted.appending("_unknown_")) == ["x-2.wav", "x.wav"])
    #expect(answers.map { $0[4] } == ["_unknown_/x.wav", "_unknown_/x-2.wav", "_unknown_/x-2.wav"])
  }

  /// Several folders are sorted into one; equal names in them are different events.
  @Test func severalFoldersAreSortedIntoOne() {
    for (name, sample) in [("kept", 0.1 as Float), ("other", 0.3)] {
      folder.write("\(name)/a/x.wav", ToneDataset.wav([sample], sampleRate: 8_000))
    }
    for round in 0..<2 {
      for name in ["kept", "other"] {
        let output = program.run(
          "review", folder[name].string, "--mute", "--out", sorted.string, input: Array("y\n".utf8))
        #expect(output.errors.contains(round == 0 ? "1 reviewed" : "0 reviewed"), "\(output)")
      }
    }
    #expect(answers.count == 2 && files("a") == 2)
  }

  /// Clips that `kws mine` cut out.
  @Test func minedClipsAreReviewed() throws {
    let file = folder.write("talk/anna.wav", ListenFixture.wav()).string
    #expect(program.run("mine", "run", file, "--out", kept, "--near", "0.99").code == 0)
    let output = review("y\nn\nn\nn\n")
    #expect(output.code == 0 && output.errors.contains("of 4  "), "\(output)")
    #expect(answers.count == 4 && files("_unknown_") == 3)
    let heard = answers.map { $0[2] }.sorted()
    #expect(heard == ["low", "low", "mid", "top"] && files(String(answers[0][3])) == 1)
  }

  /// Keys of a terminal, which `script` gives, need no line's end; a word does.
  @Test(.enabled(if: access("/usr/bin/script", X_OK) == 0, "util-linux's script is not there"))
  func keysOfATerminal() throws {
    try save()
    let keys = "printf y; sleep 0.5; printf w; sleep 0.5; printf 'other\\r'; sleep 0.5; printf nq"
    let command =
      "(sleep 2; \(keys); sleep 2) | script -qec '\(Program.executable) review \(kept) "
      + "--mute' /dev/null"
    let stream = popen(command, "r")!
    var bytes: [UInt8] = []
    while case let byte = fgetc(stream), byte >= 0 { bytes.append(UInt8(byte)) }
    pclose(stream)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(answers.map { $0[3] } == ["mid", "other", "_unknown_"], "\(text)")
    #expect(
      text.contains("which word? 1 low, 2 mid, 3 top ") && text.contains("3 reviewed, 1 left"))
  }

  @Test func wrongUseIsToldInOneLine() throws {
    try save()
    folder.makeFolder("empty")
    folder.write("clips/note.txt", text: "none")
    let empty = folder["empty"].string
    for (arguments, code, text) in [
      (["review", empty], 65, "no saved events in this folder; give one that kws listen --save"),
      (["review", folder["clips"].string], 65, "no saved events"),
      (["review", folder["none"].string], 66, "no such file or folder"),
      (["review", kept, "--out", kept + "/"], 64, "choose another one"),
      (["review", kept, "--mute", "--player", "x"], 64, "leave --player out"),
      (["review", kept, "--player", "no-such-player"], 66, "no-such-player"),
      (["review", kept, "--mute", "--out", folder["talk.wav/x"].string], 73, "cannot be created"),
      (["review", "."], 64, "--out"),
    ] as [([String], Int32, String)] {
      let output = program.run(arguments: arguments.map { Array($0.utf8) })
      #expect(output.code == code && output.isOneError, "\(arguments): \(output)")
      #expect(output.errors.contains(text), "\(output.errors)")
    }
    // A word that would lead out of the folder is asked again.
    let hostile = review("w ../../x\nw .hidden\nw\n\nn\nq\n")
    #expect(hostile.errors.contains("a word names a folder"), "\(hostile)")
    #expect(answers.map { $0[3] } == ["_unknown_"])
  }
}
