import Testing

@testable import Basics

@Suite struct DatasetFolderTests {
  @Test func aFolderIsAClass() throws {
    let folder = DatasetTestFolder()
    folder.writeClips("yes", count: 3)
    folder.writeClips("no", count: 2)
    folder.writeClips("_background_noise_", count: 1)
    let dataset = try folder.scan()
    #expect(
      dataset.recordings.map(\.name) == [
        "no/0.wav", "no/1.wav", "yes/0.wav", "yes/1.wav", "yes/2.wav",
      ])
    #expect(dataset.labels == ["no", "yes", "_silence_"])
    #expect(dataset.noise.map(\.name) == ["_background_noise_/0.wav"])
    #expect(dataset.noise[0].split == nil)
    #expect(dataset.splitRule == .whole)
    #expect(!dataset.carriesOwnSplit)
    #expect(dataset.recordings[0].byteCount == 1)
    let held = try folder.scan { $0.holdOut = .always }
    #expect(held.splitRule == .fileNameHash)
    #expect(held.warnings.contains { $0.hasPrefix("the speaker of 5 of 5 clips is not known") })
  }

  @Test func specialFoldersAreTheirClasses() throws {
    let folder = DatasetTestFolder()
    for name in ["yes", "_unknown_", "_silence_"] { folder.writeClips(name, count: 1) }
    let dataset = try folder.scan()
    #expect(dataset.labels == ["yes", "_unknown_", "_silence_"])
    #expect(dataset.recordings.map(\.label) == ["_silence_", "_unknown_", "yes"])
  }

  /// The parent of a dataset: its words would be speakers.
  @Test func aDatasetAmongWordsIsTold() throws {
    let folder = DatasetTestFolder()
    for name in ["rec/yes", "rec/_unknown_", "rec/_background_noise_", "more/yes"] {
      folder.writeClips(name, count: 1)
    }
    let warnings = try folder.scan().warnings.filter { $0.contains("looks like a dataset") }
    #expect(warnings.count == 1 && warnings[0].hasPrefix("the folder 'rec' is taken for a word"))
    let plain = DatasetTestFolder()
    for name in ["yes/anna", "no/anna"] { plain.writeClips(name, count: 1) }
    #expect(try !plain.scan().warnings.contains { $0.contains("looks like a dataset") })
  }

  @Test func wordsKeepTheirOrderAndTheRestIsUnknown() throws {
    let folder = DatasetTestFolder()
    for name in ["yes", "no", "tree"] { folder.writeClips(name, count: 1) }
    let dataset = try folder.scan { $0.words = ["yes", "no"] }
    #expect(dataset.labels == ["yes", "no", "_unknown_", "_silence_"])
    #expect(dataset.recording("tree/0.wav")?.label == "_unknown_")
    #expect(dataset.recording("tree/0.wav")?.word == "tree")
  }

  @Test func whatIsLeftOutIsCounted() throws {
    let folder = DatasetTestFolder()
    folder.writeClips("yes", count: 1)
    folder.writeClips("no", count: 1)
    folder.write("yes/.hidden.wav")
    folder.write(".git/x.wav")
    folder.write("yes/notes.txt")
    folder.write("README.md")
    folder.write("stray.wav")
    folder.write("yes/empty.WAV", "")
    folder.write("yes/more/deep.wav")
    folder.write("docs/a.txt")
    folder.link("yes/circle.wav", to: "circle.wav")
    folder.link("yes/gone.wav", to: "nowhere.wav")
    folder.link("yes/up", to: "..")
    folder.link("yes/device.wav", to: "/dev/null")
    let dataset = try folder.scan()
    #expect(dataset.recordings.map(\.name) == ["no/0.wav", "yes/0.wav"])
    #expect(dataset.ignored(.hidden) == [".git", "yes/.hidden.wav"])
    #expect(dataset.ignored(.notAudio) == ["README.md", "docs/a.txt", "yes/notes.txt"])
    #expect(dataset.ignored(.notInLabelFolder) == ["stray.wav"])
    #expect(dataset.ignored(.emptyFile) == ["yes/empty.WAV"])
    #expect(dataset.ignored(.nestedFolder) == ["yes/more", "yes/up"])
    #expect(dataset.ignored(.folderWithoutClips) == ["docs"])
    #expect(dataset.ignored(.brokenLink) == ["yes/circle.wav", "yes/gone.wav"])
    #expect(dataset.ignored(.notRegularFile) == ["yes/device.wav"])
    #expect(
      dataset.ignored[1].summary(naming: 2)
        == "not audio by their ending: 3 (README.md, docs/a.txt, ...)")
  }

  @Test func linksToClipsAndFoldersAreFollowed() throws {
    let folder = DatasetTestFolder()
    folder.writeClips("yes", count: 1)
    folder.link("yes/linked.wav", to: "0.wav")
    folder.link("no", to: "yes")
    let dataset = try folder.scan()
    #expect(
      dataset.recordings.map(\.name) == [
        "no/0.wav", "no/linked.wav", "yes/0.wav", "yes/linked.wav",
      ])
    #expect(dataset.recordings.allSatisfy { $0.byteCount == 1 })
  }

  @Test func oddNamesAreOpenedAndShown() throws {
    let folder = DatasetTestFolder()
    let bytes: [UInt8] = Array("yes/caf".utf8) + [0xe9] + Array("%.wav".utf8)
    folder.write(bytes)
    folder.write("yes/new\nline \"quoted\".wav")
    folder.write("no/äö.FLAC")
    let dataset = try folder.scan()
    #expect(
      dataset.recordings.map(\.name)
        == ["no/äö.FLAC", "yes/caf%E9%25.wav", "yes/new\nline \"quoted\".wav"])
    for recording in dataset.recordings {
      #expect(EntryKind(of: recording.path) == .file(byteCount: 1))
    }
  }

  @Test func splitFoldersDecide() throws {
    let folder = DatasetTestFolder()
    for part in ["train", "val", "test"] {
      folder.writeClips("\(part)/yes", count: 2, prefix: "\(part)_")
      folder.writeClips("\(part)/no", count: 1)
    }
    folder.writeClips("train/_background_noise_", count: 1)
    folder.writeClips("_background_noise_", count: 1)
    folder.writeClips("other", count: 1)
    let dataset = try folder.scan()
    #expect(dataset.splitRule == .splitFolders)
    #expect(dataset.carriesOwnSplit)
    #expect(dataset.labels == ["no", "yes", "_silence_"])
    #expect(dataset.recording("val/yes/val_1.wav")?.split == .validation)
    #expect(
      dataset.recordings(in: .testing).map(\.name) == [
        "test/no/0.wav", "test/yes/test_0.wav", "test/yes/test_1.wav",
      ])
    #expect(dataset.noise.map(\.split) == [nil, .training])
    #expect(dataset.ignored(.outsideSplitFolders) == ["other"])
    #expect(dataset.warnings.contains { $0.hasPrefix("the folders 'other' are beside") })
  }

  @Test func aWordMayBeCalledTrain() throws {
    let folder = DatasetTestFolder()
    folder.writeClips("train", count: 1)
    folder.writeClips("car", count: 1)
    #expect(try folder.scan().labels == ["car", "train", "_silence_"])
  }

  @Test func validationIsHeldBackWhereThereIsNone() throws {
    let folder = DatasetTestFolder()
    for word in ["yes", "no"] {
      for index in 0..<100 { folder.write("train/\(word)/s\(index)_nohash_0.wav") }
      folder.write("test/\(word)/t_nohash_0.wav")
    }
    let dataset = try folder.scan()
    let held = dataset.recordings(in: .validation)
    #expect(!held.isEmpty && held.count < 50)
    let speakers = Set(held.map(\.speaker))
    #expect(dataset.recordings(in: .training).count == 200 - held.count)
    #expect(dataset.recordings(in: .training).allSatisfy { !speakers.contains($0.speaker) })
    #expect(dataset.recordings(in: .testing).count == 2)
    #expect(
      dataset.warnings.contains { $0.hasPrefix("the data has no validation part: \(held.count)") })
  }

  /// Of a few speakers none is held back: the last epoch is kept.
  @Test func fewSpeakersAllTrain() throws {
    let folder = DatasetTestFolder()
    for speaker in 0..<9 {
      for word in ["yes", "no"] { folder.write("train/\(word)/s\(speaker)_nohash_0.wav") }
    }
    folder.write("test/yes/t_nohash_0.wav")
    let dataset = try folder.scan()
    #expect(dataset.recordings(in: .training).count == 18)
    #expect(dataset.recordings(in: .validation).isEmpty)
    #expect(dataset.warnings.contains { $0.contains("9 training speakers are too few") })
  }
}
