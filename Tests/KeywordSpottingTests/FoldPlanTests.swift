import Testing

@testable import Datasets
@testable import Recognition

/// Folds in which every class always has clips to train on.
@Suite struct FoldPlanTests {
  private func clips(_ table: [(label: String, speaker: String?, count: Int)]) -> [FoldPlan.Clip] {
    table.flatMap { row in
      (0..<row.count).map { number in
        FoldPlan.Clip(
          label: row.label, speaker: row.speaker,
          file: "\(row.label)-\(row.speaker ?? "")-\(number).wav")
      }
    }
  }

  /// The folds of each speaker.
  private func folds(_ clips: [FoldPlan.Clip], _ plan: FoldPlan) -> [String: Set<Int>] {
    zip(clips, plan.folds).reduce(into: [:]) { found, clip in
      found[clip.0.speaker ?? clip.0.file, default: []].insert(clip.1)
    }
  }

  /// That no fold takes all clips of a class.
  private func trainsEverything(_ clips: [FoldPlan.Clip], _ plan: FoldPlan) -> Bool {
    Set(clips.map(\.label)).allSatisfy { label in
      (1...plan.count).allSatisfy { fold in
        zip(clips, plan.folds).contains { $0.label == label && $1 != fold }
      }
    }
  }

  /// Counts 5, 4, 3, 3, 1 in two folds: 5+3 and 4+3+1.
  @Test func speakersAreWholeAndFoldsEven() throws {
    let all = clips(
      [("a", 5), ("b", 4), ("c", 3), ("d", 3), ("e", 1)].map { ("yes", $0.0, $0.1) })
    let plan = try #require(FoldPlan(all, count: 2))
    #expect(folds(all, plan) == ["a": [1], "b": [2], "c": [2], "d": [1], "e": [2]])
    #expect(try #require(FoldPlan(all, count: 5)).count == 5)
    #expect(try #require(FoldPlan(all, count: 9)).count == 5 && plan.dividedByFile.isEmpty)
  }

  /// With two folds both speakers of "no" would be in the second.
  @Test func aClassWhoseSpeakersMeetInOneFoldAsksForMoreFolds() throws {
    let all = clips([
      ("yes", "a", 9), ("yes", "b", 4), ("no", "b", 1), ("yes", "c", 3), ("no", "c", 1),
    ])
    let plan = try #require(FoldPlan(all, count: 2))
    #expect(plan.count == 3 && trainsEverything(all, plan))
  }

  @Test func theOnlySpeakerOfAWordIsDividedByFile() throws {
    let all = clips([("yes", "a", 4), ("yes", "b", 4), ("no", "b", 4), ("go", "a", 1)])
    let plan = try #require(FoldPlan(all, count: 5))
    #expect(plan.count == 2 && plan.dividedByFile == ["go", "no"] && trainsEverything(all, plan))
    #expect(Array(plan.folds[8..<12]) == [1, 2, 1, 2])
    // The one clip of "go" is always trained on.
    #expect(plan.folds[12] == 0)
  }

  @Test func oneSpeakerAndNoSpeakersAreDividedByFile() throws {
    let one = clips([("yes", "a", 30), ("no", "a", 30)])
    let plan = try #require(FoldPlan(one, count: 5))
    #expect(plan.count == 5 && plan.dividedByFile == ["no", "yes"])
    #expect((1...5).allSatisfy { fold in plan.folds.count { $0 == fold } == 12 })
    let none = clips([("yes", nil, 7), ("no", nil, 8)])
    let other = try #require(FoldPlan(none, count: 5))
    #expect(other.count == 5 && trainsEverything(none, other))
    #expect((1...5).allSatisfy { fold in other.folds.count { $0 == fold } == 3 })
  }

  /// Other words come from one voice that says no word, and one that does.
  @Test func unknownClipsAreInSeveralFolds() throws {
    let all = clips([
      ("yes", "a", 20), ("no", "b", 19), ("yes", "b", 2), ("no", "a", 2),
      (ClassLabel.unknown, "a", 5), (ClassLabel.unknown, "talk", 40),
    ])
    let plan = try #require(FoldPlan(all, count: 5))
    #expect(plan.count == 2 && trainsEverything(all, plan))
    #expect(folds(all, plan)["talk"] != folds(all, plan)["a"])
  }

  @Test func aClipAWordCannotBeTested() {
    #expect(FoldPlan(clips([("yes", "a", 1), ("no", "b", 1)]), count: 2) == nil)
    #expect(FoldPlan([], count: 2) == nil)
  }
}
