import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Datasets
@testable import Evaluation
@testable import Recognition

/// What is said in recordings, from tables, transcripts and label tracks.
@Suite struct EventLabelTests {
  private let folder = TemporaryFolder()

  private func read(_ name: String, _ text: String) throws -> EventLabels {
    try EventLabels([folder.write(name, text: text)])
  }

  private func problem(_ name: String, _ text: String) -> String {
    do {
      _ = try read(name, text)
      return "none"
    } catch { return "\(error)".replacing(folder.path.string, with: "") }
  }

  @Test func aTableHasTimes() throws {
    folder.write("a/one.wav", text: "")
    let labels = try read(
      "a/l.csv",
      "Start,end,path,Label,speaker\n1,1.5,one.wav,yes,anna\n3,3.25,one.wav,no,anna\n,,two.wav,,\n")
    let one = try #require(labels[folder["a/one.wav"]])
    #expect(
      one.words == [
        LabelledWord(label: "yes", seconds: 1...1.5), LabelledWord(label: "no", seconds: 3...3.25),
      ])
    #expect(one.speaker == "anna" && !one.isFree(of: ["no"]) && one.isFree(of: ["stop"]))
    // Another path to the same file.
    #expect(labels[folder["a/../a/one.wav"]] == one)
    #expect(labels[folder["a/two.wav"]]?.isFree(of: ["yes", "no"]) == true)
    #expect(labels[folder["a/three.wav"]] == nil && labels.count == 2)
    #expect(labels.recordings == [folder["a/one.wav"], folder["a/two.wav"]])
  }

  @Test func aTranscriptNamesWordsWithoutTimes() throws {
    let labels = try read(
      "t.csv",
      "path,text,keyword,start,end\nx.wav,\"On, and on. Upon it's NO-one\",on,0.5,1\ny.wav,nothing,on,,\n"
    )
    let x = try #require(labels[folder["x.wav"]])
    // One of the two has a time.
    #expect(
      x.mentions(of: ["on", "no", "one", "up", "it", "it's"]) == [
        "on": 1, "no": 1, "one": 1, "it's": 1,
      ])
    // A label without times counts though the text is written otherwise.
    #expect(labels[folder["y.wav"]]?.mentions(of: ["on", "off"]) == ["on": 1])
  }

  @Test func keywordsOfSeveralWordsAreFound() {
    let text = Transcript("Hey Snips, hey, hey snips! heysnips")
    #expect(text.count(of: "hey_snips") == 2 && text.count(of: "hey snips") == 2)
    #expect(text.count(of: "hey") == 3 && text.count(of: "") == 0 && text.count(of: "_") == 0)
  }

  @Test func labelTracksAreNamedAsTheirRecording() throws {
    folder.write("tracks/talk.txt", text: "0.5\t0.9\tyes\r\n\\\t100\t2000\n2.0\t2.5\tstop it\n")
    folder.write("tracks/other.txt", text: "")
    let labels = try EventLabels([folder["tracks"]])
    let talk = try #require(labels["/anywhere/talk.flac"])
    #expect(talk.words.map(\.label) == ["yes", "stop it"] && talk.words[1].seconds == 2...2.5)
    #expect(labels["other.wav"] == RecordingLabels())
    #expect(throws: LabelError.noFiles(folder["tracks/empty"].string)) {
      folder.makeFolder("tracks/empty")
      _ = try EventLabels([folder["tracks/empty"]])
    }
  }

  @Test func brokenFilesAreNamedWithTheirLine() {
    #expect(
      problem("1.csv", "path,start,end,label\na.wav,1,x,yes\n").contains(
        "1.csv, line 2: '1' to 'x' are no"))
    #expect(
      problem("2.csv", "path,start,end,label\n\na.wav,2,1,yes\n").contains(
        "line 3: a word cannot last"))
    #expect(
      problem("3.csv", "path,start,end,label\na.wav,1,,yes\n").contains("only one of start and end")
    )
    #expect(problem("4.csv", "path,start\na.wav,1\n").contains("the first line must name"))
    #expect(problem("5.csv", "path,text\na.wav,b,c\n").contains("3 cells, the header has 2"))
    #expect(problem("6.csv", "path,text\n,b\n").contains("the path is empty"))
    #expect(problem("7.csv", "path,text\na,\"b\n").contains("a quote is not closed"))
    #expect(problem("8.txt", "0 1 yes\n").contains("8.txt, line 1: expected start, end and label"))
    #expect(problem("9.txt", "-1\t1\tyes\n").contains("cannot last"))
    #expect(problem("10.txt", "nan\t1\tyes\n").contains("no times"))
  }

  @Test func alarmAudioIsCheckedByItsTranscripts() throws {
    let labels = try read("t.csv", "path,text\na.wav,free talk\nb.wav,say yes\n")
    let (a, b, c) = (folder["a.wav"], folder["b.wav"], folder["c.wav"])
    #expect(try AlarmAudio.check([a], labels, keywords: ["yes"]) == nil)
    #expect(try AlarmAudio.check([a, b], labels, keywords: ["no"]) == nil)
    let warning = try #require(try AlarmAudio.check([a, c], labels, keywords: ["yes"]))
    #expect(warning.hasPrefix("no transcript says that 1 of 2 recordings (such as"))
    #expect(
      throws: LabelError.keywordsSaid(recordings: 1, of: 3, example: b.string, keyword: "yes")
    ) { try AlarmAudio.check([a, b, c], labels, keywords: ["no", "yes"]) }
  }

  /// The data's own list of the commands in each text, made by another program.
  @Test(.enabled(if: isFile(speech), "the speech with transcripts is not there"))
  func mentionsAreThoseOfTheData() throws {
    let labels = try EventLabels([Self.speech])
    #expect(labels.count == 2_500)
    var table = DelimitedText(try TextFile.bytes(of: Self.speech))
    let commands = ["yes", "no", "up", "down", "left", "right", "on", "off", "stop", "go"]
    _ = try table.nextRow()
    while let row = try table.nextRow() {
      let path = Self.speech.removingLastComponent().below(row.cells[0])
      let listed = row.cells[3].displayName.split(separator: " ").map(String.init)
      #expect(Set(labels[path]!.mentions(of: commands).keys) == Set(listed), "\(path)")
    }
  }

  static let speech = DatasetRealSpeechTests.root.appending("../speech/transcripts.csv")
    .lexicallyNormalized()
}
