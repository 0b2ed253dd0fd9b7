import TestSupport
import Testing

@testable import Neural
@testable import Recognition
@testable import Sound
@testable import Training

/// No model and no option can ask for endless work or memory.
@Suite struct ModelWorkTests {
  /// What the reader says of a model whose numbers were changed; it asks before it looks at weights.
  private func problem(_ change: (inout ModelMetadata) -> Void) -> String? {
    var metadata = ModelFixture.model().metadata
    change(&metadata)
    return metadata.problem
  }

  @Test func aWindowOfTooManyFramesIsRefused() {
    let found = problem {
      $0.window = ClipWindow(minimumSeconds: 0.25, maximumSeconds: 60, hopSeconds: 60)
      $0.frontEnd.hopLength = 1
    }
    #expect(found?.contains("frames, more than 16384") == true, "\(found ?? "accepted")")
  }

  @Test func tooManyWindowsAreRefused() {
    let found = problem {
      $0.window = ClipWindow(minimumSeconds: 0.05, maximumSeconds: 0.05, hopSeconds: 5e-4)
    }
    #expect(
      found?.contains("2000 windows begin in a second, more than 1000") == true,
      "\(found ?? "accepted")")
  }

  @Test(arguments: [
    (1.0, 1.0, 20_000, 1, "billion multiply-adds, more than 275 billion"),
    (1, 0.01, 4_096, 1, "the windows that begin in a second take"),
    (60, 60, 1_024, 2, "MiB of memory, more than 256"),
  ]) func tooMuchWorkIsRefused(
    _ seconds: Double, _ hop: Double, _ hidden: Int, _ layers: Int, _ words: String
  ) {
    let found = problem {
      $0.window = ClipWindow(minimumSeconds: 0.25, maximumSeconds: seconds, hopSeconds: hop)
      ($0.network.hidden, $0.network.layers) = (hidden, layers)
    }
    #expect(found?.contains(words) == true, "\(found ?? "accepted")")
  }

  @Test(arguments: [(60.0, 512, 2), (3, 1_024, 3), (1, 4_096, 1), (0.5, 128, 2)])
  func largeModelsThatMakeSenseAreTaken(_ seconds: Double, _ hidden: Int, _ layers: Int) {
    let found = problem {
      $0.window = ClipWindow(
        minimumSeconds: 0.25, maximumSeconds: seconds, hopSeconds: seconds / 4)
      ($0.network.hidden, $0.network.layers) = (hidden, layers)
    }
    #expect(found == nil, "\(found ?? "")")
  }

  @Test func aTrainingThatAsksForTooMuchIsRefused() {
    let folder = TemporaryFolder()
    ToneDataset.write(to: folder["d"])
    var options = TrainingOptions(threads: 1)
    options.maximumClipSeconds = 60
    options.adjustFrontEnd = { $0.hopLength = 1 }
    do {
      _ = try Training(root: folder["d"], options: options).run(into: folder["run"]) { _ in }
      Issue.record("trained")
    } catch {
      #expect("\(error)".contains("frames, more than 16384"), "\(error)")
    }
    #expect(TemporaryFolder.names(in: folder.path) == ["d"])
  }

  /// The answers are the same where windows go through the network one at a time.
  @Test func largeWindowsGiveTheSameAnswers() throws {
    var model = ModelFixture.model(hidden: 8)
    model.window = ClipWindow(minimumSeconds: 0.25, maximumSeconds: 2, hopSeconds: 0.5)
    let samples = ToneDataset.tone(500, seconds: 4, seed: 1)
    func clip(_ count: Int) -> Clip {
      Clip(
        samples: Array(samples[..<count]), sampleRate: 8_000,
        source: AudioFormat(
          container: "none", encoding: "none", sampleRate: 8_000, channels: 1, frames: count))
    }
    let clips = [ClipSource.clip(clip(32_000)), .clip(clip(20_000)), .clip(clip(9_000))]
    let together = Classifier(model, threads: 1).classify(clips)
    let alone = Classifier(model, threads: 1, memory: 1).classify(clips)
    for (first, second) in zip(together, alone) {
      #expect(
        try first.get().windows.map(\.probabilities) == second.get().windows.map(\.probabilities))
      #expect(try first.get().label == second.get().label)
    }
  }
}
