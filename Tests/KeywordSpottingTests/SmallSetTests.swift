import Foundation
import Testing

@testable import Datasets
@testable import Recognition

/// The parts of datasets of few speakers: training always has every word.
@Suite struct SmallSetTests {
  private let names = [
    "anna", "ben", "carl", "dora", "emil", "fred", "gina", "hans", "ida", "jon", "kim", "lars",
    "mia", "nils", "olga", "paul", "quin", "rosa", "sven", "tina", "ulf", "vera", "will", "xena",
  ]

  /// Two words of two clips by each speaker.
  private func dataset(
    _ speakers: [String], _ change: (inout DatasetOptions) -> Void = { _ in }
  ) throws -> Dataset {
    let folder = DatasetTestFolder()
    for word in ["yes", "no"] {
      for speaker in speakers {
        for clip in 0..<2 { folder.write("\(word)/\(speaker)_nohash_\(clip).wav") }
      }
    }
    return try folder.scan(change)
  }

  private func part(_ dataset: Dataset, _ split: Split) -> Set<String> {
    Set(dataset.recordings(in: split).compactMap(\.speaker))
  }

  @Test(arguments: [1, 2, 3, 5, 8, 19])
  func fewSpeakersAllTrain(_ count: Int) throws {
    let dataset = try dataset(Array(names.prefix(count)))
    #expect(dataset.splitRule == .whole && dataset.recordings(in: .training).count == 4 * count)
    #expect(!dataset.carriesOwnSplit)
  }

  /// Whichever names they have, in whatever number.
  @Test func heldOutPartsAreThereWhereTheyCanBe() throws {
    for count in 1...24 {
      for first in [0, 5, 9] {
        let speakers = (0..<count).map { names[($0 + first) % names.count] }
        let dataset = try dataset(speakers) { $0.holdOut = .always }
        let sizes = Split.allCases.map { part(dataset, $0).count }
        #expect(sizes[0] >= (count + 1) / 3, "\(speakers): \(sizes)")
        #expect(sizes[1] >= (count >= 20 ? 2 : count >= 3 ? 1 : 0), "\(speakers): \(sizes)")
        #expect(sizes[2] >= (count >= 20 ? 2 : count >= 2 ? 1 : 0), "\(speakers): \(sizes)")
        #expect(sizes.reduce(0, +) == count)
        #expect(Set(dataset.recordings(in: .training).map(\.word)).count == 2)
      }
    }
  }

  /// A further speaker moves nobody but those who stood in for an empty part.
  @Test func aFurtherSpeakerMovesAlmostNobody() throws {
    for count in 20..<24 {
      let before = try dataset(Array(names.prefix(count)))
      let after = try dataset(Array(names.prefix(count + 1)))
      let moved = names.prefix(count).filter { name in
        before.recordings.first { $0.speaker == name }!.split
          != after.recordings.first { $0.speaker == name }!.split
      }
      #expect(moved.count <= 1, "\(moved)")
    }
  }

  /// "go" is said by the one speaker that the hash puts into the validation part (1.04%).
  @Test func aWordThatOneSpeakerHasIsTrainedOn() throws {
    let folder = DatasetTestFolder()
    for speaker in names.prefix(8) {
      for word in ["yes", "no"] { folder.write("\(word)/\(speaker)_nohash_0.wav") }
    }
    folder.write("go/anna_nohash_0.wav")
    let dataset = try folder.scan { $0.holdOut = .always }
    #expect(dataset.recording("go/anna_nohash_0.wav")?.split == .training)
    #expect(dataset.recording("yes/anna_nohash_0.wav")?.split == .training)
    #expect(!part(dataset, .testing).isEmpty)
  }

  /// No shares, no parts; and a share of most is obeyed.
  @Test func sharesAreObeyed() throws {
    let none = try dataset(names) {
      ($0.holdOut, $0.validationPercent, $0.testingPercent) = (.always, 0, 0)
    }
    #expect(none.recordings(in: .training).count == 4 * names.count)
    let most = try dataset(names) {
      ($0.holdOut, $0.validationPercent, $0.testingPercent) = (.always, 40, 40)
    }
    #expect(part(most, .training).count < 12 && !part(most, .training).isEmpty)
  }

  @Test func fewClipsOfUnknownSpeakersAllTrain() throws {
    let folder = DatasetTestFolder()
    for word in ["yes", "no"] { folder.writeClips(word, count: 249) }
    #expect(try folder.scan().splitRule == .whole)
    folder.writeClips("go", count: 2)
    let dataset = try folder.scan()
    #expect(dataset.splitRule == .fileNameHash && dataset.recordings.wordSpeakers == nil)
  }
}
