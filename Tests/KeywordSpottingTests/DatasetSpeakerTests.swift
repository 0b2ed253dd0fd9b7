import Testing

@testable import Recognition

@Suite struct DatasetSpeakerTests {
  private let folder = DatasetTestFolder()

  @Test func theNameBeforeNohashIsTheSpeaker() throws {
    folder.write("yes/anna_nohash_0.wav")
    folder.write("no/anna_nohash_1.flac")
    let dataset = try folder.scan { $0.holdOut = .always }
    #expect(dataset.recordings.map(\.speaker) == ["anna", "anna"])
    #expect(dataset.splitRule == .speakerHash)
    // SHA-1 of "anna" is at 1.04%, below the 10% for validation; but somebody must train.
    #expect(dataset.recordings.map(\.split) == [.training, .training])
    #expect(
      dataset.warnings.contains {
        $0.hasPrefix("few speakers (1): training 1, validation 0, testing 0;")
      })
  }

  @Test func aPatternFindsTheSpeakerInOtherNames() throws {
    folder.write("yes/anna-1.wav")
    folder.write("no/ben-1.wav")
    folder.write("no/cleo_nohash_1.wav")
    let dataset = try folder.scan { $0.speakerPattern = #"^([^-]+)-\d"# }
    #expect(dataset.recordings.map(\.speaker) == ["ben", "cleo", "anna"])
    #expect(dataset.splitRule == .whole && dataset.recordings.wordSpeakers == 3)
  }

  @Test func aPatternWithASlashSeesThePath() throws {
    folder.write("yes/anna-1.wav")
    folder.write("no/ben-1.wav")
    let dataset = try folder.scan { $0.speakerPattern = "/(.*)-" }
    #expect(dataset.recordings.map(\.speaker) == ["ben", "anna"])
  }

  @Test func oneUnknownSpeakerIsSaid() throws {
    folder.write("yes/anna_nohash_1.wav")
    folder.write("no/1.wav")
    let dataset = try folder.scan { $0.holdOut = .always }
    #expect(dataset.splitRule == .fileNameHash)
    #expect(
      dataset.warnings.contains {
        $0.hasPrefix("the speaker of 1 of 2 clips is not known (such as no/1.wav)")
      })
  }

  /// The parts are drawn by speaker, so a speaker who says both words is not on both sides.
  @Test func aSpeakersClipsAreInOnePart() throws {
    for speaker in 0..<60 {
      folder.write("yes/s\(speaker)_nohash_0.wav")
      folder.write("no/s\(speaker)_nohash_1.wav")
    }
    let dataset = try folder.scan()
    #expect(dataset.splitRule == .speakerHash)
    let parts = Dictionary(grouping: dataset.recordings, by: \.speaker)
    #expect(parts.count == 60)
    #expect(parts.values.allSatisfy { Set($0.map(\.split)).count == 1 })
  }

  @Test func smallClassesAreCounted() throws {
    for speaker in 0..<60 {
      folder.write("yes/s\(speaker)_nohash_0.wav")
      if speaker < 30 { folder.write("no/s\(speaker)_nohash_0.wav") }
    }
    let dataset = try folder.scan()
    let counts = { (word: String, split: Split) in
      dataset.recordings.count { $0.word == word && $0.split == split }
    }
    let small = ["no", "yes"].filter { counts($0, .validation) < 5 }
    #expect(!small.isEmpty)
    let expected =
      "\(small.count) of 2 classes have fewer than 5 validation clips: "
      + small.map { "\($0) \(counts($0, .validation)) of \($0 == "no" ? 30 : 60)" }
      .joined(separator: ", ")
    #expect(dataset.warnings.contains(expected))
  }
}
