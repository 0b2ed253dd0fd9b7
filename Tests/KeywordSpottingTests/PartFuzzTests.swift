import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Datasets
@testable import Evaluation
@testable import Neural
@testable import Recognition
@testable import Sound

/// Damaged and edited parts of an evaluation: `merge` refuses each with one sentence, or makes a report.
///
/// `KWS_FUZZ_RUNS` sets how many (Scripts/faults/fuzz-part takes many), `KWS_FUZZ_SEED` which.
@Suite struct PartFuzzTests {
  /// Two shards of an evaluation of 24 clips of a fortieth of a second.
  private let folder = TemporaryFolder()
  private let parts: [FilePath]

  init() throws {
    for index in 0..<24 {
      let tone = ToneDataset.tone(
        Double(300 + index % 5 * 300), seconds: 0.025, seed: UInt64(index))
      TemporaryFolder.write(
        ToneDataset.wav(tone, sampleRate: 8_000),
        to: folder["d/\(["yes", "no", "maybe"][index % 3])/s\(index % 12)_nohash_\(index).wav"])
    }
    folder.write("d/no/broken_nohash_0.wav", text: "RIFF")
    let hum = ToneDataset.wav(ToneDataset.tone(50, seconds: 2, seed: 1), sampleRate: 8_000)
    folder.write("hum.wav", hum)
    var options = DatasetOptions()
    options.purpose = .evaluation
    options.words = ["no", "yes"]
    let model = ModelFixture.model()
    let plan = try EvaluationPlan(
      Dataset.scan(folder["d"], options: options), for: model, part: .all,
      alarmAudio: [folder["hum.wav"]])
    var batch = BatchEvaluation(Classifier(model, threads: 1), plan)
    batch.conditions = [.noise(signalToNoise: 5)]
    parts = [folder["1"], folder["2"]]
    for (index, part) in parts.enumerated() {
      var run = EvaluationRun(
        batch, model: "m", dataset: "d", shard: Shard("\(index + 1)/2")!, clipLimit: 2,
        measurement: Measurement(date: "then", seconds: 1, machine: "m", seed: 0, model: []))
      #expect(try run.run(in: ReportFolder(part)))
    }
  }

  private func read(_ name: String) -> [UInt8] {
    TemporaryFolder.read(parts[1].appending(name))!
  }

  /// What `merge` says of the parts; nil where it makes a report.
  private func refusal() -> String? {
    do {
      _ = try EvaluationState.merge(parts, into: ReportFolder(folder["merged"]))
      return nil
    } catch { return "\(error)" }
  }

  /// The state's JSON, which stands between the checksum and a brace.
  private func state(of file: [UInt8]) -> [UInt8] {
    Array(file[(file.firstIndex(of: UInt8(ascii: ","))! + 9)..<(file.count - 2)])
  }

  private func file(_ state: [UInt8]) -> [UInt8] {
    Array(#"{"checksum":"\#(SHA1.text(of: state))","state":"#.utf8) + state + Array("}\n".utf8)
  }

  @Test func theLayoutIsWhatThisTestTakesItFor() {
    #expect(file(state(of: read("part.json"))) == read("part.json"))
    #expect(refusal() == nil)
  }

  /// Every changed byte is noticed, in both files.
  @Test func damageIsRefused() {
    var generator = SeededGenerator(seed: UInt64(FileDamage.number("KWS_FUZZ_SEED") ?? 1))
    for name in ["part.json", "part.csv"] {
      let good = read(name)
      for run in 0..<(FileDamage.number("KWS_FUZZ_RUNS") ?? 60) / 2 {
        var bytes = good
        let place = generator.integer(below: bytes.count)
        switch generator.integer(below: 3) {
        case 0: bytes[place] ^= 1 << UInt8(generator.integer(below: 8))
        case 1: bytes.removeSubrange(place...)
        default: bytes[place] = bytes[place] == 57 ? 56 : 57
        }
        TemporaryFolder.write(bytes, to: parts[1].appending(name))
        let text = refusal()
        #expect(text != nil && text!.count < 1_000, "\(name), run \(run): \(text ?? "a report")")
      }
      TemporaryFolder.write(good, to: parts[1].appending(name))
    }
  }

  /// Numbers that were changed under a right checksum.
  @Test func noNumberIsFatal() {
    let runs = FileDamage.number("KWS_FUZZ_RUNS") ?? 60
    var generator = SeededGenerator(seed: UInt64(FileDamage.number("KWS_FUZZ_SEED") ?? 1))
    let good = state(of: read("part.json"))
    var sentences: Set<String> = []
    var accepted = 0
    for _ in 0..<runs {
      var bytes = good
      for _ in 0...generator.integer(below: 2) {
        FileDamage.spoilNumber(
          in: &bytes, near: generator.integer(below: bytes.count), using: &generator)
      }
      TemporaryFolder.write(file(bytes), to: parts[1].appending("part.json"))
      guard let text = refusal() else {
        accepted += 1
        continue
      }
      #expect(text.count < 1_000, "\(text)")
      sentences.insert(String(text.drop { $0 != ":" }.prefix(70)))
    }
    print("\(runs) changed parts: \(accepted) accepted, \(sentences.count) kinds of refusal")
    #expect(accepted < runs / 2 && sentences.count > 4)
  }

  @Test(arguments: [
    (#""done":13"#, #""done":14"#, "items are done"),
    (
      #""correct":8,"n":12},{"confidence":0"#, #""correct":8,"n":11},{"confidence":0"#,
      "calibration"
    ),
    (#""hopSeconds":0.25"#, #""hopSeconds":1e300"#, "times of"),
    (#""number":2"#, #""number":3"#, "shard 3 of 2"),
    (#""clips":25"#, #""clips":-1"#, "a plan of"),
    (#""classCount":4"#, #""classCount":1000000000000"#, "confusion matrix of another size"),
    (#""labels":["no","yes""#, #""labels":["no","no""#, "twice"),
  ]) func editsAreNamed(_ old: String, _ new: String, _ words: String) {
    let text = String(decoding: state(of: read("part.json")), as: UTF8.self)
    let isThere = text.contains(old)
    #expect(isThere, "nothing to replace")
    let edited = file(Array(text.replacing(old, with: new).utf8))
    TemporaryFolder.write(edited, to: parts[1].appending("part.json"))
    let found = refusal()
    #expect(found?.contains(words) == true, "\(found ?? "accepted")")
  }
}
