import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Neural
@testable import Recognition
@testable import Training

/// A damaged checkpoint is refused with its own sentence, in whatever part the damage lies.
@Suite struct CheckpointFileTests {
  private let fixture: TrainingFixture
  private let good: [UInt8]
  private var path: FilePath { fixture.folder["cut/checkpoint.safetensors"] }

  init() throws {
    fixture = TrainingFixture(clips: 8)
    try fixture.interrupted("cut", afterSteps: 4)
    good = TemporaryFolder.read(fixture.folder["cut/checkpoint.safetensors"])!
  }

  /// The sentence about these bytes; nil where they are accepted.
  private func problem(_ bytes: [UInt8]) -> String? {
    do {
      _ = try Checkpoint(decoding: bytes, from: "c")
      return nil
    } catch { return "\(error)" }
  }

  /// The file with another container around or in it.
  private func changed(_ change: (inout Safetensors) -> Void) throws -> [UInt8] {
    var container = try Safetensors(decoding: good)
    change(&container)
    return container.encoded()
  }

  /// These bytes with the checksum that fits them; nil where they are no container.
  private func withFittingChecksum(_ bytes: [UInt8]) -> [UInt8]? {
    guard var container = try? Safetensors(decoding: bytes),
      let text = container.metadata["kws-checkpoint"]
    else { return nil }
    container.metadata["kws-checksum"] = Checkpoint.checksum(text, container)
    return container.encoded()
  }

  private func metadata(_ key: String) throws -> String {
    try #require(try Safetensors(decoding: good).metadata[key])
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let checkpoint = try Checkpoint(decoding: good, from: "c")
    #expect(checkpoint.encoded() == good && checkpoint.progress.updates == 4)
  }

  /// Format 1 knew nothing of the test part and of a start's clips: its training goes on without.
  @Test func formatOneIsMigrated() throws {
    var container = try Safetensors(decoding: good)
    var document = try JSONValue(parsing: ArraySlice(metadata("kws-checkpoint").utf8))
    document["format"] = .number(1)
    document["inherited"] = nil
    document["progress"]?["testHash"] = nil
    document["recipe"]?["directions"] = nil
    document["recipe"]?["dataset"]?["holdOut"] = nil
    let text = document.text
    container.metadata["kws-checkpoint"] = text
    container.metadata["kws-checksum"] = Checkpoint.checksum(text, container)
    let old = try Checkpoint(decoding: container.encoded(), from: "c")
    #expect(old.progress.testHash == nil && old.inherited == ClipHistory())
    var now = try Checkpoint(decoding: good, from: "c")
    #expect(now.progress.testHash != nil)
    now.progress.testHash = nil
    #expect(old.progress == now.progress && old.parameters == now.parameters)
    #expect(old.recipe == now.recipe && now.recipe.directions == .both)
  }

  @Test func everyCutIsRefused() {
    for count in stride(from: 0, to: good.count, by: 29) {
      #expect(problem(Array(good[..<count])) != nil, "cut at \(count)")
    }
  }

  /// The checksum knows every bit of the weights and of what stands beside them.
  @Test func everyFlippedBitIsRefusedOrHarmless() throws {
    let whole = try Checkpoint(decoding: good, from: "c")
    for place in stride(from: 0, to: good.count, by: 17) {
      var bad = good
      bad[place] ^= 1 << UInt8(place % 8)
      guard let read = try? Checkpoint(decoding: bad, from: "c") else { continue }
      #expect(read.encoded() == whole.encoded(), "bit \(place % 8) of byte \(place)")
    }
  }

  @Test func eachKindOfDamageHasItsSentence() throws {
    let text = try metadata("kws-checkpoint")
    func says(_ words: String, _ bytes: [UInt8]) {
      let found = problem(bytes) ?? "accepted"
      #expect(found.hasPrefix("c: ") && found.contains(words), "\(found)")
    }
    says("a model begins with 8 bytes", [1, 2, 3])
    says("the header claims", [UInt8](repeating: 0xFF, count: 8) + good[8...])
    says("it is no checkpoint of kws", try changed { $0.metadata = [:] })
    says("is no checkpoint of kws", ModelFixture.model().encoded())
    says("not valid JSON", try changed { $0.metadata["kws-checkpoint"] = "{" })
    says(
      "duplicate key \"format\"",
      try changed { $0.metadata["kws-checkpoint"] = "{\"format\":1," + text.dropFirst() })
    says("no format number", try changed { $0.metadata["kws-checkpoint"] = "{}" })
    says(
      "c: format 9; this program reads up to 4",
      try changed {
        $0.metadata["kws-checkpoint"] = text.replacing("\"format\":4,", with: "\"format\":9,")
      })
    says("does not fit its checksum", try changed { $0.metadata["kws-checksum"] = nil })
    says("does not fit its checksum", try changed { $0.tensors[0].values[0] += 1 })
    says("not finite at 1", try changed { $0.tensors[1].values[1] = .nan })
    says("not finite at 0", try changed { $0.tensors[3].values[0] = .infinity })
    says("does not fit its checksum", try changed { $0.tensors.swapAt(0, 1) })
  }

  /// What a stranger can write with a checksum that fits.
  @Test func disagreementsAreNamed() throws {
    func says(_ words: String, _ change: (inout Checkpoint) -> Void) throws {
      var bad = try Checkpoint(decoding: good, from: "c")
      change(&bad)
      try bad.write(to: path)
      let found = fixture.resumeFailure("cut").map { "\($0)" } ?? "accepted"
      #expect(found.contains(words), "\(found)")
    }
    try says("average has 1 values") { $0.average = [1] }
    try says("moment.1 has 2 values") { $0.moments[1] = [1, 2] }
    try says("best has 3 values") { $0.best = [1, 2, 3] }
    try says("moments for an optimizer of") { $0.moments = [] }
    try says("weights for a network of") {
      ($0.parameters, $0.average, $0.best, $0.moments) = ([1], [1], [], [[1], [1]])
    }
    try says("parameters hold 1e+38, more than") { $0.parameters[0] = 1e38 }
    try says("average hold") { $0.average[0] = -1e38 }
    try says("invalid progress") { $0.progress.sums.correct = .max }
    try says("invalid progress") { $0.progress.sums.frameSteps = -1 }
    try says("invalid progress") { $0.progress.epoch = .min }
    try says("right answers on") { $0.progress.best = .init(epoch: 1, correct: 99, loss: 0) }
    try says("plateau") { $0.progress.plateau = ReduceOnPlateau(reduction: 7) }
    try says("plateau") { $0.progress.plateau = ReduceOnPlateau(patience: .max) }
    try says("batch must be 1 to 65,536, not 0") { $0.recipe.batch = 0 }
    try says("no such file") { $0.root = "/none/at/all" }
    try says("accepted") { _ in }
  }

  /// A seeded part of what Scripts/faults/fuzz-checkpoint does: no damage is fatal, also where the
  /// checksum is made to fit again.
  @Test func noDamageIsFatal() throws {
    let runs = FileDamage.number("KWS_FUZZ_RUNS") ?? 400
    var generator = SeededGenerator(seed: UInt64(FileDamage.number("KWS_FUZZ_SEED") ?? 1))
    var (accepted, resumed) = (0, 0)
    for run in 0..<runs {
      let damaged = FileDamage.damaged(good, using: &generator)
      let bytes = run % 2 == 0 ? damaged : withFittingChecksum(damaged) ?? damaged
      do {
        let read = try Checkpoint(decoding: bytes, from: "c")
        accepted += 1
        // Those that stay small are gone on with: numbers that agree may still be odd ones.
        guard read.recipe.epochs <= 4, read.recipe.hidden <= 16, resumed < runs / 8 else {
          continue
        }
        resumed += 1
        TemporaryFolder.write(bytes, to: path)
        _ = fixture.resumeFailure("cut")
      } catch {
        #expect(
          "\(error)".hasPrefix("c: ") && "\(error)".utf8.count < 2_000, "run \(run): \(error)")
      }
    }
    print("\(runs) damaged checkpoints: \(accepted) accepted, \(resumed) gone on with")
    #expect(accepted < runs)
  }
}
