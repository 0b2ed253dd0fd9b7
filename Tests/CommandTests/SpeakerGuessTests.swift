import KeywordSpotting
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

  /// Who gives a pattern means it of other words too, even if it could have been guessed.
  @Test func aPatternThatIsGivenIsOfAllClips() throws {
    fixture.writeWords(speakers: ["anna", "ben"], clips: 6)
    fixture.write(2, "_unknown_", speakers: ["carl"], clips: 6)
    var options = DatasetOptions()
    options.speakerPattern = "^([^_]+)_"
    func carl() throws -> Int {
      try Dataset.scan(fixture.folder["recordings"], options: options).recordings
        .count { $0.speaker == "carl" }
    }
    #expect(try carl() == 6)
    options.patternIsGuessed = true
    #expect(try carl() == 0)
  }

  @Test func foldersWithinWordsAreSpeakers() {
    fixture.writeWords(speakers: ["anna", "ben"], clips: 6) { "\($0)/\($1).wav" }
    let training = fixture.run(["train", "recordings"] + OwnWordsFixture.tiny())
    #expect(training.code == 0, "\(training)")
    #expect(training.errors.contains("speakers: 2 (by the folders within the words'): anna 12"))
    #expect(training.errors.contains("clips: all 24 train"))
  }

  /// "anna_1.wav" and "Anna_2.wav" are one person, in names and in folders, and it is said.
  @Test(arguments: ["\\(who)_\\(n)", "\\(who)/\\(n)"]) func capitalsMakeNoOtherSpeaker(
    _ form: String
  ) {
    fixture.writeWords(speakers: ["anna", "ben"], clips: 4) { who, clip in
      let name = who == "anna" && clip == 1 ? "Anna" : who
      return form.replacing("\\(who)", with: name).replacing("\\(n)", with: "\(clip)") + ".wav"
    }
    let training = fixture.run(["train", "recordings"] + OwnWordsFixture.tiny())
    #expect(training.code == 0, "\(training)")
    let line = training.errorLines.first { $0.hasPrefix("speakers: 2 (") }
    #expect(line?.hasSuffix(": anna 8, ben 8") == true, "\(training.errors)")
    #expect(
      training.errors.contains(
        "speakers whose names differ only in capitals are taken for one: 'anna' and 'Anna'"))
  }

  @Test func theNamesOfCamerasAreNobody() {
    fixture.writeWords(speakers: ["IMG", "DSC"], clips: 6) { "\($0)_00\($1).wav" }
    let training = fixture.run(["train", "recordings"] + OwnWordsFixture.tiny())
    #expect(training.code == 0 && training.errors.contains("speakers: not known ("), "\(training)")
  }

  /// The guess holds for other clips as it did when it was made, also in folds and on resuming, and gives
  /// way to the marker in another dataset's names.
  @Test func aStoredGuessSaysNoMoreThanItDid() {
    fixture.writeWords(speakers: ["anna", "ben", "carl"], clips: 4) { who, clip in
      who == "ben" ? "\(who) \(clip).wav" : "\(who)_\(clip).wav"
    }
    fixture.write(2, "_unknown_", speakers: ["word"], clips: 6)
    let training = fixture.run(["train", "recordings"] + OwnWordsFixture.tiny())
    #expect(training.code == 0, "\(training)")
    let info = fixture.run("evaluate", "recordings", "--split", "all", "--quiet", "--json")
    #expect(info.text.contains("recordings, 30 clips of 3 speakers"), "\(info)")
    fixture.writeWords(in: "fourth", speakers: ["b27a", "b5f7", "da80"], clips: 2) {
      "\($0)_nohash_\($1).wav"
    }
    let measured = fixture.run(
      "evaluate", "fourth", "--model", "runs/recordings-1", "--quiet", "--report", "report")
    let table = TemporaryFolder.text(fixture.folder["report/predictions.csv"]) ?? ""
    #expect(measured.code == 0 && table.contains(",da80,"), "\(measured) \(table)")
    #expect(table.components(separatedBy: ",b27a,").count == 5, "\(table)")
  }
}
