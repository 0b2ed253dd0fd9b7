import Testing

@testable import Datasets
@testable import Recognition

/// Who speaks is guessed from names of a plain form, and from nothing else.
@Suite struct SpeakerGuessTests {
  /// Three words of `clips` clips by each of three people, named by `name`.
  private func names(
    clips: Int = 4, _ name: (_ speaker: String, _ word: String, _ clip: Int) -> String
  ) -> [(name: String, word: String)] {
    ["lights", "music", "stop it"].flatMap { word in
      // A folder has a name once.
      Set(
        ["anna", "ben", "carl"].flatMap { speaker in
          (1...clips).map { name(speaker, word, $0) }
        }
      ).sorted().map { (name: $0, word: word) }
    }
  }

  /// The people that a guess finds; nil without one.
  private func people(_ clips: [(name: String, word: String)]) -> Set<String>? {
    SpeakerGuess.pattern(clips).map { pattern in
      Set(clips.compactMap { SpeakerGuess.value(try! Regex(pattern), in: $0.name) })
    }
  }

  @Test func plainFormsAreFound() {
    let all: Set = ["anna", "ben", "carl"]
    #expect(people(names { "\($0)_\($2).wav" }) == all)
    #expect(people(names { "\($0)-\($2).wav" }) == all)
    #expect(people(names { "\($0) \($2).wav" }) == all)
    #expect(people(names { "\($0) (\($2)).m4a" }) == all)
    #expect(people(names { "\($0)\($2).wav" }) == all)
    #expect(people(names { "\($0)_\($1)_\($2).wav" }) == all)
    #expect(people(names { "\($1)_\($0)_\($2).wav" }) == all)
    #expect(people(names { "\($1)_\($2)_\($0).wav" }) == all)
    #expect(people(names { "\($1)-\($0)-\($2).wav" }) == all)
    #expect(people(names { "\($2)-\($0).wav" }) == all)
    #expect(people(names { "\($1)_\($0)\($2).wav" }) == all)
    #expect(people(names(clips: 1) { speaker, word, _ in "\(speaker)_\(word).wav" }) == all)
  }

  @Test func aPersonsNumberIsFound() {
    let numbers = ["anna": 1, "ben": 2, "carl": 3]
    #expect(people(names { "\(numbers[$0]!)_\($2).wav" }) == ["1", "2", "3"])
    #expect(people(names { "p\(numbers[$0]!)_\($2).wav" }) == ["p1", "p2", "p3"])
  }

  @Test func eachPersonsDeviceMayNameFilesInItsOwnWay() {
    let all: Set = ["Anna", "Jörg", "ben"]
    let found = people(
      names { speaker, word, clip in
        switch speaker {
        case "anna": "Anna \(word) 2026-11-03 (\(clip)).flac"
        case "ben": "ben-20261103-WA000\(clip).opus"
        default: "Jörg_\(word)_0\(clip).wav"
        }
      })
    #expect(found == all)
  }

  @Test func theNamesThatDevicesGiveAreNobody() {
    let found = people(
      names { speaker, _, clip in
        switch speaker {
        case "anna": "New Recording \(clip).flac"
        case "ben": "PTT-20261103-WA000\(clip).opus"
        default: "Aufnahme_\(clip).wav"
        }
      })
    #expect(found == nil)
  }

  @Test func wordsNumbersAndDatesAreNobody() {
    #expect(people(names { _, word, clip in "\(word)_\(clip).wav" }) == nil)
    #expect(people(names { _, _, clip in "\(clip).wav" }) == nil)
    #expect(people(names { _, _, clip in "take_\(clip).wav" }) == nil)
    let days = ["anna": 20_240_101, "ben": 20_240_102, "carl": 20_240_103]
    #expect(people(names { "\(days[$0]!)_\(1000 + $2).wav" }) == nil)
    // One name says nothing of whether it is a person's.
    #expect(people(names { _, _, clip in "recording_\(clip).wav" }) == nil)
  }

  @Test func aStrayFileIsNoReasonToDoubt() {
    let stray = (name: "final.wav", word: "music")
    #expect(people(names { "\($0)_\($2).wav" } + [stray]) == ["anna", "ben", "carl"])
  }

  @Test func aDatasetSaysItsGuess() throws {
    let folder = DatasetTestFolder()
    for word in ["lights", "music"] {
      for speaker in ["anna", "ben"] {
        for clip in 0..<3 { folder.write("\(word)/\(speaker)_\(clip).wav") }
      }
    }
    for clip in 0..<3 { folder.write("_unknown_/talk_\(clip).wav") }
    folder.write("_unknown_/ben_7.wav")
    let dataset = try folder.scan()
    #expect(dataset.speakerSource == .guess("^([^_]+)_") && dataset.recordings.wordSpeakers == 2)
    #expect(dataset.recording("_unknown_/ben_7.wav")?.speaker == "ben")
    // "talk" is nobody who says a word.
    #expect(dataset.recording("_unknown_/talk_1.wav")?.speaker == nil)
    let given = try folder.scan { $0.speakerPattern = #"_(\d)\."# }
    #expect(given.speakerSource == .pattern(#"_(\d)\."#) && given.recordings.wordSpeakers == 3)
  }

  @Test func aPatternStandsBeforeTheNames() throws {
    let folder = DatasetTestFolder()
    for word in ["lights", "music"] {
      for clip in 0..<3 { folder.write("\(word)/day_nohash_anna\(clip).wav") }
    }
    #expect(try folder.scan().speakerSource == .names)
    let dataset = try folder.scan { $0.speakerPattern = "([a-z]+)[0-9]" }
    #expect(Set(dataset.recordings.map(\.speaker)) == ["anna"])
  }

  @Test func foldersWithinAWordAreSpeakers() throws {
    let folder = DatasetTestFolder()
    for word in ["lights", "music"] {
      for speaker in ["anna", "ben"] { folder.writeClips("\(word)/\(speaker)", count: 3) }
    }
    folder.writeClips("lights/anna/deeper", count: 1)
    let dataset = try folder.scan()
    #expect(dataset.speakerSource == .folders && dataset.recordings.wordSpeakers == 2)
    #expect(dataset.recordings.count == 12)
    #expect(dataset.recording("music/ben/2.wav")?.speaker == "ben")
    #expect(dataset.ignored(.nestedFolder) == ["lights/anna/deeper"])
    // Beside clips a folder may hold what was set aside.
    folder.writeClips("lights", count: 1)
    #expect(try folder.scan().ignored(.nestedFolder) == ["lights/anna", "lights/ben"])
  }
}
