import SystemPackage
import Testing

@testable import Basics
@testable import Datasets
@testable import Recognition

/// Speech Commands in the folder beside the project's, where it is there: its README says that the
/// training part is Opus and the validation part FLAC, by the official rule.
@Suite struct DatasetRealSpeechTests {
  static let root = FilePath(#filePath).removingLastComponent()
    .appending("../../../shared/data/speech_commands").lexicallyNormalized()
  static let isThere = EntryKind(of: root) == .folder

  @Test(.enabled(if: isThere, "the Speech Commands clips are not there"))
  func theRuleFindsTheOfficialParts() throws {
    let dataset = try Dataset.scan(Self.root)
    #expect(dataset.recordings.count == 27_712)
    #expect(dataset.splitRule == .speakerHash)
    let training = dataset.recordings(in: .training)
    #expect(training.count == 24_421)
    #expect(Set(training.map(\.speaker)).count == 1_532)
    #expect(training.allSatisfy { $0.name.hasSuffix(".opus") })
    let validation = dataset.recordings(in: .validation)
    #expect(validation.count == 3_291)
    #expect(Set(validation.map(\.speaker)).count == 197)
    #expect(validation.allSatisfy { $0.name.hasSuffix(".flac") })
    #expect(dataset.noise.count == 6)
    #expect(dataset.labels.count == 31)
    #expect(dataset.labels.last == ClassLabel.silence)
    #expect(dataset.ignored.isEmpty)
  }

  @Test(.enabled(if: isThere, "the Speech Commands clips are not there"))
  func otherWordsAreUnknown() throws {
    var options = DatasetOptions()
    options.words = ["yes", "no", "up", "down", "left", "right", "on", "off", "stop", "go"]
    let dataset = try Dataset.scan(Self.root, options: options)
    #expect(dataset.labels == options.words! + [ClassLabel.unknown, ClassLabel.silence])
    let other = dataset.recordings.first { $0.word == "marvin" }
    #expect(other?.label == ClassLabel.unknown)
  }
}
