import TestSupport
import Testing

/// Who speaks is guessed and said, and the person has the last word.
@Suite struct SpeakerGuessTests {
  private let fixture = OwnWordsFixture()

  @Test func theGuessIsSaidWithItsGroups() {
    fixture.writeWords(speakers: ["anna", "ben", "carl"], clips: 6)
    let training = fixture.run(["train", "recordings"] + OwnWordsFixture.tiny())
    #expect(training.code == 0, "\(training)")
    let line = training.errorLines.first { $0.hasPrefix("speakers: ") }
    #expect(line?.hasPrefix("speakers: 3 (guessed from the names; --speaker-pattern") == true)
    #expect(line?.hasSuffix(": anna 12, ben 12, carl 12") == true, "\(training.errors)")
    #expect(training.errors.contains("expect for a new speaker: "))
    // What was guessed is what a later evaluation, and a training by the same options, goes by.
    let config = TemporaryFolder.text(fixture.folder["runs/recordings-1/config.json"])
    #expect(config?.contains(#""speaker-pattern": "^([^_]+)_""#) == true, "\(config ?? "")")
  }

  @Test func aPatternOverridesTheGuess() {
    fixture.writeWords(speakers: ["anna", "ben"], clips: 6)
    let training = fixture.run(
      ["train", "recordings", "--speaker-pattern", #"_([0-9]+)\."#] + OwnWordsFixture.tiny())
    #expect(training.code == 0, "\(training)")
    let line = training.errorLines.first { $0.hasPrefix("speakers: ") }
    #expect(line?.hasPrefix("speakers: 6 (by --speaker-pattern '_([0-9]+)\\.'): 1 4, 2 4") == true)
  }

  @Test func foldersWithinWordsAreSpeakers() {
    fixture.writeWords(speakers: ["anna", "ben"], clips: 6) { "\($0)/\($1).wav" }
    let training = fixture.run(["train", "recordings"] + OwnWordsFixture.tiny())
    #expect(training.code == 0, "\(training)")
    #expect(training.errors.contains("speakers: 2 (by the folders within the words'): anna 12"))
    #expect(training.errors.contains("clips: all 24 train"))
  }
}
