import Glibc
import TestSupport
import Testing

/// Small things that a newcomer meets: each is told at once and in one line.
@Suite struct FirstHourTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()

  @Test func aCommandForOneClipRefusesAFolder() {
    for arguments in [
      ["augment", "tones/mid", "--out", folder["a"].string], ["features", "tones/mid"],
    ] {
      let output = program.run(arguments: arguments.map { Array($0.utf8) })
      #expect(output.code == 64 && output.isOneError, "\(output)")
      #expect(output.errors.contains("tones/mid: a folder; name one audio file"), "\(output)")
    }
  }

  @Test func whatIsImpossibleIsRefusedBeforeTheScan() {
    let none = program.run("train", "tones", "--epochs", "0", "--out", folder["r"].string)
    #expect(none.code == 64 && none.isOneError, "\(none)")
    folder.write("taken", text: "x")
    let place = program.run("train", "tones", "--out", folder["taken"].string)
    #expect(place.code == 73 && place.isOneError, "\(place)")
    let audit = program.run("audit", "tones", "--folds", "2", "--epochs", "0")
    #expect(audit.code == 64 && audit.isOneError, "\(audit)")
  }

  @Test func oneIsNotPlural() {
    ToneDataset.write(to: folder["d"], words: 2, clips: 1)
    let output = program.run("audit", folder["d"].string, "--quiet")
    #expect(output.code == 0 && output.text.contains("1 clip"), "\(output)")
    #expect(output.text.firstMatch(of: /\b1 (clips|speakers|labels)\b/) == nil, "\(output.text)")
  }

  /// On a terminal, the message after Ctrl-C stands on a line of its own.
  @Test func ctrlCBeginsANewLine() throws {
    let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    // TIOCSPTLCK and TIOCGPTN: unlocks the other side, and says its number.
    var (lock, number): (CInt, CInt) = (0, 0)
    try #require(terminal >= 0 && ioctl(terminal, 0x4004_5431, &lock) == 0)
    try #require(ioctl(terminal, 0x8004_5430, &number) == 0)
    defer { close(terminal) }
    var shown = program
    shown.errors = .file("/dev/pts/\(number)")
    let running = shown.start(
      "train", "tones", "--out", folder["r"].string, "--epochs", "100000", "--patience", "0",
      "--hidden", "64")
    var text = ""
    var bytes = [UInt8](repeating: 0, count: 4_096)
    func read() -> Bool {
      let count = Glibc.read(terminal, &bytes, bytes.count)
      if count > 0 { text += String(decoding: bytes[..<count], as: UTF8.self) }
      return count > 0
    }
    // A bar is on the line, and nothing behind it.
    while !text.contains("epoch 2 ["), read() {}
    running.send(SIGINT)
    while !text.contains("continue with: "), read() {}
    #expect(running.wait().code == 130)
    let message = try #require(text.range(of: "kws: stopped; continue with: "), "\(text)")
    #expect(text[..<message.lowerBound].hasSuffix("\r\n"), "\(text.suffix(300).debugDescription)")
  }
}
