import Glibc
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Training

@Suite struct TrainingResumeTests {
  /// 5 steps an epoch, 3 epochs: within the first epoch, at its end, later, and at the very end.
  @Test(arguments: [1, 4, 5, 6, 9, 14, 15]) func aResumedTrainingEndsAsIfNeverStopped(
    _ steps: Int
  ) throws {
    let fixture = TrainingFixture()
    _ = try fixture.run("whole")
    try fixture.interrupted("cut", afterSteps: steps)
    #expect(fixture.model("cut") == nil)
    for threads in [1, 2, 4] {
      let copy = fixture.folder["cut\(threads)"]
      fixture.folder.makeFolder("cut\(threads)")
      TemporaryFolder.write(
        TemporaryFolder.read(fixture.folder["cut/checkpoint.safetensors"])!,
        to: copy.appending("checkpoint.safetensors"))
      _ = try Training.resume(RunFolder(existing: copy), threads: threads) { _ in }
      #expect(fixture.model("cut\(threads)") == fixture.model("whole"))
      #expect(
        TemporaryFolder.read(copy.appending("last.safetensors"))
          == TemporaryFolder.read(fixture.folder["whole/last.safetensors"]))
    }
  }

  /// Whenever the training asks whether it shall stop (while loading, training, validating, before
  /// saving and in the measurement of the test part), a yes ends it, and it goes on to the same bytes.
  @Test func aYesToAnyQuestionCanBeResumed() throws {
    let fixture = TrainingFixture(clips: 8)
    let questions = Atomic(0)
    _ = try fixture.run(
      "whole",
      isCancelled: {
        questions.wrappingAdd(1, ordering: .relaxed)
        return false
      })
    let count = questions.load(ordering: .relaxed)
    #expect(count > 20)
    var early = 0
    for (index, first) in stride(from: 1, through: count, by: max(1, count / 12)).enumerated() {
      let name = "cut\(first)"
      let asked = Atomic(0)
      let failure = #expect(throws: TrainingError.self, "question \(first)") {
        try fixture.run(
          name, isCancelled: { asked.wrappingAdd(1, ordering: .relaxed).newValue >= first })
      }
      guard case .interrupted? = failure else {
        early += 1
        continue
      }
      _ = try Training.resume(
        RunFolder(existing: fixture.folder[name]), threads: 1 << (index % 3), report: { _ in })
      #expect(fixture.model(name) == fixture.model("whole"), "question \(first)")
    }
    #expect(early < 8)
  }

  @Test func aTrainingCanBeInterruptedAgainAndAgain() throws {
    let fixture = TrainingFixture()
    _ = try fixture.run("whole")
    try fixture.interrupted("cut", afterSteps: 1)
    let folder = RunFolder(existing: fixture.folder["cut"])
    var rounds = 0
    while fixture.model("cut") == nil, rounds < 50 {
      rounds += 1
      // Cancelled with the first step of each round.
      let hasStepped = Atomic(false)
      do {
        _ = try Training.resume(
          folder, threads: 1, isCancelled: { hasStepped.load(ordering: .relaxed) },
          report: { event in
            if case .step = event { hasStepped.store(true, ordering: .relaxed) }
          })
      } catch {
        guard case .interrupted = error else { throw error }
      }
    }
    #expect(rounds > 3 && fixture.model("cut") == fixture.model("whole"))
  }

  @Test func otherDataIsRefused() throws {
    let fixture = TrainingFixture()
    try fixture.interrupted("cut", afterSteps: 2)
    let clip = fixture.data.appending("low").appending("speaker0_nohash_0.wav")
    TemporaryFolder.write(
      ToneDataset.wav(ToneDataset.tone(350, seconds: 0.25, seed: 99), sampleRate: 8_000), to: clip)
    guard case .otherData? = fixture.resumeFailure("cut") else {
      Issue.record("resumed with another clip")
      return
    }
  }

  @Test func aDatasetThatMovedIsNamedAnew() throws {
    let fixture = TrainingFixture()
    try fixture.interrupted("cut", afterSteps: 2)
    #expect(rename(fixture.data.string, fixture.folder["moved"].string) == 0)
    guard
      case .datasetMoved(fixture.data, folder: fixture.folder["cut"])? =
        fixture.resumeFailure("cut")
    else {
      Issue.record("resumed without the clips")
      return
    }
    _ = try Training.resume(
      RunFolder(existing: fixture.folder["cut"]), root: fixture.folder["moved"], threads: 1,
      report: { _ in })
  }

  @Test func otherNoiseIsRefused() throws {
    let fixture = TrainingFixture()
    func writeNoise(_ seed: UInt64) {
      TemporaryFolder.write(
        ToneDataset.wav(ToneDataset.tone(100, seconds: 1, seed: seed), sampleRate: 8_000),
        to: fixture.data.appending("_background_noise_").appending("hum.wav"))
    }
    writeNoise(1)
    try fixture.interrupted("cut", afterSteps: 2)
    let folder = RunFolder(existing: fixture.folder["cut"])
    writeNoise(2)
    guard case .otherData? = fixture.resumeFailure("cut") else {
      Issue.record("resumed with other noise")
      return
    }
    writeNoise(1)
    _ = try Training.resume(folder, threads: 1, report: { _ in })
  }

  @Test func damagedCheckpointsAreRefused() throws {
    let fixture = TrainingFixture()
    try fixture.interrupted("cut", afterSteps: 7)
    let path = fixture.folder["cut/checkpoint.safetensors"]
    let good = try Checkpoint(contentsOf: path)
    func problem(_ change: (inout Checkpoint) -> Void) throws -> String {
      var bad = good
      change(&bad)
      try bad.write(to: path)
      return fixture.resumeFailure("cut").map { "\($0)" } ?? "accepted"
    }
    #expect(try problem { $0.progress.epoch = 0 }.contains("invalid progress"))
    #expect(try problem { $0.progress.step = -1 }.contains("invalid progress"))
    #expect(try problem { $0.progress.updates = .min }.contains("invalid progress"))
    #expect(try problem { $0.progress.rows = [] }.contains("rows of the epochs"))
    #expect(try problem { $0.moments.removeLast() }.contains("moments for an optimizer"))
    #expect(try problem { $0.best = [] }.contains("best epoch's weights"))
    #expect(try problem { $0.recipe.hidden = 7 }.contains("weights for a network"))
    #expect(try problem { $0.recipe.hidden = 0 }.contains("hidden must be 1 to"))
    #expect(try problem { $0.recipe.frontEnd.sampleRate = 3 }.contains("Hz"))
    #expect(try problem { $0.parameters[0] = .nan }.contains("not finite"))
    #expect(
      try problem {
        ($0.parameters, $0.average, $0.best, $0.moments) = ([1], [1], [1], [[1], [1]])
      }.contains("1 weights for a network"))
    let bytes = TemporaryFolder.read(path)!
    TemporaryFolder.write(Array(bytes[..<(bytes.count / 2)]), to: path)
    #expect(
      fixture.resumeFailure("cut").map { "\($0)" }?.contains("not a valid checkpoint") == true)
    #expect(try problem { _ in } == "accepted")
  }
}
