import Testing

@Suite struct DatasetListTests {
  private func folder() -> DatasetTestFolder {
    let folder = DatasetTestFolder()
    for word in ["yes", "no"] { folder.writeClips(word, count: 4) }
    return folder
  }

  @Test func listsDecideAndTheRestTrains() throws {
    let folder = folder()
    folder.write("testing_list.txt", "yes/0.wav\r\n./no/0.wav\r\n")
    folder.write("validation_list.txt", "yes/1.wav\n\nno/1.flac")
    let dataset = try folder.scan()
    #expect(dataset.splitRule == .officialLists)
    #expect(dataset.recordings(in: .testing).map(\.name) == ["no/0.wav", "yes/0.wav"])
    // The list says .flac: clips that were converted keep their part.
    #expect(dataset.recordings(in: .validation).map(\.name) == ["no/1.wav", "yes/1.wav"])
    #expect(dataset.recordings(in: .training).count == 4)
    #expect(dataset.ignored.isEmpty)
  }

  @Test func clipsThatAreGoneAreCounted() throws {
    let folder = folder()
    folder.write("testing_list.txt", "yes/0.wav\nyes/9.wav\nno/9.wav\n")
    folder.write("validation_list.txt", "yes/0.wav\nno/1.wav")
    let dataset = try folder.scan()
    #expect(dataset.recording("yes/0.wav")?.split == .testing)
    #expect(
      dataset.warnings.contains(
        "2 of 5 clips in testing_list.txt and validation_list.txt are not in the folder, "
          + "such as yes/9 in testing_list.txt"))
    #expect(dataset.warnings.contains("clips in both lists: 1, taken for testing"))
  }

  @Test func aListOutweighsFoldersNamedAsParts() throws {
    let folder = folder()
    folder.write("testing_list.txt", "yes/0.wav")
    folder.write("test/deep/0.wav")
    let dataset = try folder.scan()
    #expect(dataset.splitRule == .officialLists)
    // Within the word "test" a folder names a speaker.
    #expect(dataset.recording("test/deep/0.wav")?.speaker == "deep")
  }
}
