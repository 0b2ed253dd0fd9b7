import Glibc
import SystemPackage
import Testing

@testable import Datasets
@testable import Recognition

@Suite struct DatasetErrorTests {
  private let folder = DatasetTestFolder()

  /// The sentence that a scan is refused with, without the folder's own path.
  private func sentence(
    _ root: FilePath? = nil, _ change: (inout DatasetOptions) -> Void = { _ in }
  ) -> String {
    do {
      _ = try folder.scan(root ?? folder.path, change)
      return "no error"
    } catch {
      let text = "\(error)"
      let prefix = folder.path.string
      return text.hasPrefix(prefix) ? String(text.dropFirst(prefix.utf8.count)) : text
    }
  }

  private func writeWords() {
    for word in ["yes", "no", "seven"] { folder.writeClips(word, count: 2) }
  }

  @Test func roots() {
    #expect(sentence(folder.path.appending("x")) == "/x: no such file or folder")
    #expect(
      sentence(folder.write("a.zip"))
        == "/a.zip: a dataset is a folder, or a manifest that ends in .csv, .tsv or .jsonl")
    #expect(sentence("/dev/null").hasPrefix("/dev/null: a dataset is a folder"))
  }

  @Test func noClips() {
    folder.write("yes/a.txt")
    #expect(
      sentence() == ": no clips found; expected a folder per word with audio files in it; "
        + "not audio by their ending: 1 (yes/a.txt); folders without clips: 1 (yes)")
  }

  @Test func oneClass() throws {
    folder.writeClips("yes", count: 3)
    #expect(
      sentence() == "all 3 clips are 'yes'; at least two classes are needed: add a folder of "
        + "another word, or of other words named _unknown_, or give speech without it as "
        + "negatives")
    let taught = try Dataset.scan(folder.path, hasNegatives: true)
    #expect(taught.labels == ["yes", "_unknown_", "_silence_"])
    #expect(try folder.scan { $0.purpose = .evaluation }.recordings.count == 3)
  }

  @Test func wordsWithoutClips() throws {
    writeWords()
    #expect(
      sentence { $0.words = ["yes", "sevn"] }
        == "no clips of 'sevn'; there are 'no', 'seven', 'yes'; did you mean 'seven'?")
    #expect(
      sentence { $0.words = ["marvin"] } == "no clips of 'marvin'; there are 'no', 'seven', 'yes'")
    let dataset = try folder.scan {
      $0.words = ["yes", "marvin"]
      $0.purpose = .evaluation
    }
    #expect(dataset.labels == ["yes", "marvin", "_unknown_", "_silence_"])
    #expect(dataset.warnings.contains("no clips of 1 of 2 words: 'marvin'"))
  }

  @Test func wordsThatCannotBe() {
    writeWords()
    #expect(sentence { $0.words = [] } == "\(DatasetError.emptyWords)")
    #expect(sentence { $0.words = ["yes", ""] } == "\(DatasetError.emptyWords)")
    #expect(sentence { $0.words = ["yes", "yes"] }.hasPrefix("the word 'yes' is given twice"))
    #expect(sentence { $0.words = ["_silence_"] }.hasPrefix("'_silence_' is not a keyword"))
  }

  @Test func shares() {
    writeWords()
    let text =
      "shares of 60.0% for validation and 40.0% for testing; each must be 0 or more, and the sum "
      + "below 100"
    #expect(
      sentence {
        $0.validationPercent = 60
        $0.testingPercent = 40
      } == text)
    #expect(sentence { $0.testingPercent = .nan }.hasPrefix("shares of"))
    #expect(sentence { $0.validationPercent = -1 }.hasPrefix("shares of"))
  }

  @Test func speakerPatterns() {
    writeWords()
    #expect(sentence { $0.speakerPattern = "(" }.hasPrefix("the speaker pattern '(' is not"))
    #expect(sentence { $0.speakerPattern = "0" }.hasPrefix("the speaker pattern '0' has no group"))
    #expect(
      sentence { $0.speakerPattern = "^(s)" }
        == "the speaker pattern '^(s)' matches none of 6 clips, such as 'no/0.wav'")
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may read every folder"))
  func foldersThatCannotBeRead() throws {
    writeWords()
    folder.writeClips("locked", count: 1)
    let locked = folder.path.appending("locked")
    _ = locked.withPlatformString { chmod($0, 0) }
    #expect(try folder.scan().ignored(.unreadableFolder) == ["locked"])
    #expect(sentence(locked) == "/locked: cannot be read: Permission denied")
  }
}
