import Glibc
import SystemPackage
import TestSupport
import Testing

/// What goes where: data on standard output, remarks on standard error, colour nowhere.
@Suite struct StreamTests {
  private let folder = TemporaryFolder()

  /// `head` closes the pipe after one line: the program ends by SIGPIPE without a word.
  @Test func aClosedPipeEndsQuietly() {
    folder.write("list", text: String(repeating: CommandFixture.clip + "\n", count: 3_000))
    let output = shell(
      "\(Program.executable) classify --files-from \(folder["list"]) --json --quiet 2>errors "
        + "| head -n 1; echo ${PIPESTATUS[0]}")
    let lines = output.split(separator: "\n")
    #expect(lines.count == 2 && lines.last == "141", "\(output)")
    #expect(TemporaryFolder.text(CommandFixture.folder["errors"]) == "")
  }

  @Test func nothingIsColouredAndNoBarIsDrawnIntoAFile() {
    let training = CommandFixture.training
    #expect(!training.errors.contains("\u{1B}") && !training.errors.contains("\r"))
    #expect(training.errors.split(separator: "\n").count { $0.hasPrefix("epoch ") } == 12)
    #expect(training.text == "run/model.safetensors\n")
    #expect(CommandFixture.program.run("evaluate", "tones").text.contains("\u{1B}") == false)
  }

  @Test func quietIsQuiet() {
    let arguments =
      ["train", "tones", "--out", folder["run"].string, "--quiet"] + CommandFixture.tiny
      + ["--epochs", "1"]
    let output = CommandFixture.program.run(arguments: arguments.map { Array($0.utf8) })
    #expect(output.code == 0 && output.bytes.isEmpty && output.errors.isEmpty, "\(output)")
  }

  /// On a terminal, which `script` gives, there is a bar; it goes before each line that stays.
  @Test(.enabled(if: access("/usr/bin/script", X_OK) == 0, "util-linux's script is not there"))
  func aTerminalGetsAProgressBar() {
    let options = CommandFixture.tiny.joined(separator: " ")
    let command =
      "\(Program.executable) train tones --out \(folder["run"]) \(options) --epochs 1"
    let text = shell("script -qec '\(command)' /dev/null < /dev/null")
    #expect(text.contains("\r\u{1B}[Kepoch 1 [="))
    #expect(text.contains("\r\u{1B}[Kepoch 1/1"))
  }

  /// Standard output of a shell command in the fixture's folder.
  private func shell(_ command: String) -> String {
    setenv("KWS_MODEL", "run", 1)
    let stream = popen(
      "cd \(CommandFixture.folder.path) && env --default-signal=PIPE bash -c \"\(command.replacing("$", with: "\\$"))\"",
      "r")!
    defer { pclose(stream) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(stream), byte >= 0 { bytes.append(UInt8(byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
