import SystemPackage
import Testing

@testable import Datasets

@Suite struct DatasetManifestTests {
  private let folder = DatasetTestFolder()

  /// Reads a manifest named `name` beside four clips.
  private func scan(
    _ name: String, _ text: String, allowOutside: Bool = false
  ) throws(DatasetError) -> Dataset {
    folder.writeClips("a", count: 4)
    return try folder.scan(folder.write(name, text)) { $0.allowOutside = allowOutside }
  }

  /// The problem and line that a manifest is refused for.
  private func problem(_ name: String, _ text: String) -> (line: Int, ManifestProblem)? {
    do {
      _ = try scan(name, text)
      return nil
    } catch {
      guard case .manifest(let file, let line, let problem) = error else { return nil }
      #expect(file.hasSuffix(name))
      return (line, problem)
    }
  }

  @Test func tableWithAllColumns() throws {
    let dataset = try scan(
      "m.csv",
      "\u{feff}Speaker,PATH,note,label,split\r\nanna,a/0.wav,\"a, \"\"b\"\"\",yes,train\r\n"
        + "ben,a/1.wav,,no,dev\r\n\r\nanna,a/2.wav,,\"yes\", Test \r\n,a/3.wav,,no,testing\r\n")
    #expect(dataset.splitRule == .manifest)
    #expect(dataset.recordings.map(\.name) == ["a/0.wav", "a/1.wav", "a/2.wav", "a/3.wav"])
    #expect(dataset.recordings.map(\.word) == ["yes", "no", "yes", "no"])
    #expect(dataset.recordings.map(\.speaker) == ["anna", "ben", "anna", nil])
    #expect(dataset.recordings.map(\.split) == [.training, .validation, .testing, .testing])
    #expect(dataset.warnings.contains { $0.hasPrefix("1 of 2 speakers are in several parts") })
  }

  @Test func tabsAndObjects() throws {
    let tabs = try scan("m.tsv", "file\tword\na/0.wav\tyes\na/1.wav\tno\n")
    #expect(tabs.labels == ["no", "yes", "_silence_"])
    let objects = try scan(
      "m.jsonl",
      #"{"path": "a/0.wav", "label": 1, "speaker": "x"}"# + "\n\n"
        + #"{"path": "a/1.wav", "label": "no", "speaker": 7, "split": null}"# + "\n")
    #expect(objects.recordings.map(\.word) == ["1", "no"])
    #expect(objects.recordings.map(\.speaker) == ["x", "7"])
    #expect(objects.splitRule == .whole && objects.recordings.wordSpeakers == 2)
  }

  @Test func aFolderMayHoldItsManifest() throws {
    folder.writeClips("a", count: 2)
    folder.write("metadata.csv", "path,label\na/0.wav,yes\na/1.wav,no\n")
    #expect(try folder.scan().labels == ["no", "yes", "_silence_"])
    folder.write("manifest.jsonl", "")
    #expect(
      throws: DatasetError.severalManifests(folder.path.string, ["manifest.jsonl", "metadata.csv"])
    ) {
      try folder.scan()
    }
  }

  @Test func aTableAboutSomethingElseIsLeftOut() throws {
    folder.writeClips("yes", count: 1)
    folder.writeClips("no", count: 1)
    folder.write("metadata.csv", "speaker,age\nanna,40\n")
    let dataset = try folder.scan()
    #expect(dataset.recordings.count == 2)
    #expect(dataset.ignored(.notAManifest) == ["metadata.csv"])
  }

  @Test func missingAndRepeatedFilesAreCounted() throws {
    let dataset = try scan(
      "m.csv", "path,label\na/0.wav,yes\n./a/0.wav,yes\na/9.wav,yes\na/1.wav,no\nm.csv,no\n")
    #expect(dataset.recordings.map(\.name) == ["a/0.wav", "a/1.wav"])
    #expect(dataset.ignored(.repeatedRow) == ["./a/0.wav"])
    #expect(dataset.ignored(.missingFile) == ["a/9.wav"])
    #expect(dataset.ignored(.notAudio) == ["m.csv"])
  }

  @Test(arguments: [
    ("path,word\na/0.wav,yes,x\n", 2, ManifestProblem.cellCount(3, expected: 2)),
    ("path,text\n", 1, .missingColumns(found: ["path", "text"])),
    ("", 1, .missingColumns(found: [])),
    ("path,label,label\n", 1, .repeatedColumn("label")),
    ("path,label\n\n\"a/0.wav,yes\n", 3, .badQuote),
    ("path,label\n\"a\"b,yes\n", 2, .badQuote),
    ("path,label\n,yes\n", 2, .empty(column: "path")),
    ("path,label\na/0.wav, \n", 2, .empty(column: "label")),
    ("path,label,split\na/0.wav,yes,tset\n", 2, .unknownSplit("tset")),
    ("path,label,split\na/0.wav,yes,test\na/1.wav,no,\n", 3, .withoutSplit),
    ("path,label\na/0.wav,yes\na/../a/0.wav,no\n", 3, .contradicts("a/../a/0.wav", line: 2)),
    ("path,label\n\"a\n/0.wav\",yes\n../x.wav,no\n", 4, .outside("../x.wav")),
    ("path,label\n/etc/x.wav,no\n", 2, .outside("/etc/x.wav")),
  ])
  func brokenTables(text: String, line: Int, expected: ManifestProblem) {
    let found = problem("m.csv", text)
    #expect(found?.line == line)
    #expect(found?.1 == expected)
  }

  @Test(arguments: [
    (#"{"path": "a/0.wav", "label": "yes"}"# + "\nnonsense\n", 2, ManifestProblem.badJSON),
    (#"{"path": 3, "label": "yes"}"#, 1, .badJSON),
    (#"{"path": "a/0.wav"}"#, 1, .empty(column: "label")),
    (#"{"path": "a/\u0000.wav", "label": "x"}"#, 1, .outside("a/\0.wav")),
  ])
  func brokenObjects(text: String, line: Int, expected: ManifestProblem) {
    let found = problem("m.jsonl", text)
    #expect(found?.line == line)
    #expect(found?.1 == expected)
  }

  @Test func linksOutOfTheFolderAreRefused() throws {
    let other = DatasetTestFolder()
    other.writeClips("b", count: 2)
    folder.link("b", to: other.path.appending("b").string)
    folder.link("a/link.wav", to: other.path.appending("b/0.wav").string)
    let viaFolder = "path,label\na/0.wav,yes\nb/1.wav,no\n"
    let viaFile = "path,label\na/0.wav,yes\na/link.wav,no\n"
    #expect(problem("m.csv", viaFolder)?.1 == .outside("b/1.wav"))
    #expect(problem("m.csv", viaFile)?.1 == .outside("a/link.wav"))
    #expect(try scan("m.csv", viaFolder, allowOutside: true).recordings.count == 2)
    #expect(try scan("m.csv", viaFile, allowOutside: true).recordings.count == 2)
  }

  @Test func linksInsideTheFolderAreFollowed() throws {
    folder.link("c", to: "a")
    let dataset = try scan("m.csv", "path,label\na/0.wav,yes\nc/1.wav,no\n")
    #expect(dataset.recordings.count == 2)
  }

  @Test func bytesThatAreNoTextOpen() throws {
    let name: [UInt8] = Array("a/".utf8) + [0xff] + Array(".wav".utf8)
    folder.write(name)
    folder.writeClips("a", count: 1)
    let manifest = folder.write(
      Array("m.csv".utf8),
      Array("path,label\na/0.wav,yes\n".utf8) + name + Array(",no\n".utf8))
    #expect(try folder.scan(manifest).recordings.map(\.name) == ["a/0.wav", "a/%FF.wav"])
  }
}
