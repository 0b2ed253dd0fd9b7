import Foundation
import TestSupport
import Testing

/// Recordings of telephones and browsers whose formats are not read: counted by word, with the command
/// that converts them.
@Suite struct UnreadSoundTests {
  private let fixture = OwnWordsFixture()

  private func add(_ names: String...) {
    for name in names { fixture.folder.write("recordings/\(name)", text: "no sound") }
  }

  @Test func theyAreCountedByWordWithTheCommandThatConvertsThem() {
    fixture.writeWords(speakers: ["anna", "ben"], clips: 3)
    add("low/carl_1.m4a", "low/carl_2.M4A", "mid/carl_1.webm", "mid/notes.txt")
    let training = fixture.run(["train", "recordings"] + OwnWordsFixture.tiny())
    let text =
      "3 recordings of formats that are not read (.m4a, .webm) left out: low 2, mid 1; to convert them: "
      + "find 'recordings' -type f \\( -iname '*.m4a' -o -iname '*.webm' \\) -exec sh -c "
      + #"'ffmpeg -nostdin -v error -n -i "$1" "${1%.*}.flac"' sh {} \;"#
    #expect(training.code == 0 && training.errors.contains("kws: warning: " + text), "\(training)")
    #expect(training.errors.contains("ignored: not audio by their ending: 1 (mid/notes.txt)"))
    let measured = fixture.run("evaluate", "recordings")
    #expect(measured.errors.contains("kws: warning: " + text), "\(measured)")
    #expect(fixture.run("audit", "recordings", "--quiet").code == 0)
  }

  /// Who has run the command is not told to run it again.
  @Test func whatIsConvertedIsNotCounted() {
    fixture.writeWords(speakers: ["anna", "ben"], clips: 3) { "\($0) (\($1)).wav" }
    add("low/anna (1).m4a", "low/anna (2).m4a", "low/ben (1).M4A")
    let training = fixture.run(["train", "recordings"] + OwnWordsFixture.tiny())
    #expect(training.code == 0 && !training.errors.contains("to convert them"), "\(training)")
    // Without a validation part no epoch is better than the others.
    #expect(!training.errors.contains("  best"), "\(training)")
    add("low/carl (1).m4a")
    let more = fixture.run("evaluate", "recordings")
    #expect(more.errors.contains("1 recording of formats that are not read (.m4a)"), "\(more)")
  }

  @Test func aFolderOfNothingElseIsRefusedWithTheCommand() {
    add("low/a.amr", "mid/b.amr", "mid/c.amr")
    let output = fixture.run("train", "recordings")
    #expect(output.code == 65 && output.isOneError, "\(output)")
    #expect(output.errors.contains("3 recordings of formats that are not read (.amr)"), "\(output)")
    #expect(output.errors.contains("mid 2, low 1; to convert them: find 'recordings'"), "\(output)")
  }

  /// The command is what a shell takes, also of a folder with a quote in its name.
  @Test func theCommandRuns() throws {
    fixture.folder.write("bin/ffmpeg", text: "#!/bin/sh\nfor out; do :; done\ntouch \"$out\"\n")
    fixture.folder.write("it's mine/low/a b.m4a", text: "x")
    let output = fixture.run("evaluate", "it's mine")
    let start = try #require(output.errors.range(of: "to convert them: "))
    let command = output.errors[start.upperBound...].split(separator: "\n")[0]
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.currentDirectoryURL = URL(fileURLWithPath: fixture.folder.path.string)
    shell.arguments = ["-c", "chmod +x bin/ffmpeg; PATH=$PWD/bin:$PATH; \(command)"]
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 0)
    #expect(TemporaryFolder.read(fixture.folder["it's mine/low/a b.flac"]) != nil)
  }

  /// Where each person has a folder, a telephone's recordings are counted as those beside others are.
  @Test func aPersonsFolderOfNothingElseIsCounted() {
    fixture.writeWords(speakers: ["anna", "ben"], clips: 3) { "\($0)/\($1).wav" }
    add("low/carl/IMG_1.m4a", "low/carl/IMG_2.m4a", "mid/carl/IMG_3.m4a")
    let training = fixture.run(["train", "recordings"] + OwnWordsFixture.tiny())
    #expect(training.code == 0, "\(training)")
    #expect(
      training.errors.contains(
        "3 recordings of formats that are not read (.m4a) left out: carl 3; to convert them: find"),
      "\(training)")
    #expect(!training.errors.contains("two deep"), "\(training)")
  }

  @Test func recordingsInFoldersBesideClipsAreToldAndWhatToDo() {
    fixture.writeWords(speakers: ["anna", "ben"], clips: 3)
    fixture.write(0, speakers: ["carl"], clips: 2) { "\($0)/\($1).wav" }
    add("low/carl/IMG_1.m4a", "mid/dora/IMG_2.m4a", "mid/notes/a.txt")
    let training = fixture.run(["train", "recordings"] + OwnWordsFixture.tiny())
    #expect(training.code == 0, "\(training)")
    #expect(
      training.errors.contains(
        "kws: warning: 4 recordings in 2 folders beside a word's clips not read (low/carl, mid/dora); "
          + "move them up beside the clips, or the word's clips into such folders too, one for each "
          + "person\n"), "\(training)")
  }

  /// Also where clips are asked for and not a dataset.
  @Test func aFolderToClassifySaysWhatItHas() {
    fixture.folder.write("dave/new/a.m4a", text: "x")
    fixture.folder.write("dave/b.WEBM", text: "x")
    let output = fixture.run("classify", "dave", "--quiet")
    #expect(output.code == 65 && output.isOneError, "\(output)")
    #expect(
      output.errors.contains(
        "dave: no audio files in this folder, but 2 recordings of formats that are not read: "
          + "convert to FLAC or WAV"), "\(output)")
  }
}
