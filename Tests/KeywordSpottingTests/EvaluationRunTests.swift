import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Datasets
@testable import Evaluation
@testable import Recognition
@testable import Sound

/// An evaluation in pieces gives the files of one that was never divided.
@Suite(.serialized) struct EvaluationRunTests {
  private static let files = ["report.json", "report.html", "report.txt", "predictions.csv"]

  /// 60 clips of a fortieth of a second, worked on in parts of 16.
  private static let data: (folder: TemporaryFolder, dataset: Dataset) = {
    let folder = TemporaryFolder()
    let words = ["yes", "no", "maybe"]
    for index in 0..<60 {
      let tone = ToneDataset.tone(
        Double(300 + index % 7 * 200), seconds: 0.025, seed: UInt64(index))
      TemporaryFolder.write(
        ToneDataset.wav(tone, sampleRate: 8_000),
        to: folder["d"].appending("\(words[index % 3])/s\(index % 12)_nohash_\(index).wav"))
    }
    folder.write("d/no/broken_nohash_0.wav", text: "RIFF")
    let noise = ToneDataset.tone(50, seconds: 2, seed: 1)
    TemporaryFolder.write(
      ToneDataset.wav(noise, sampleRate: 8_000),
      to: folder["d"].appending("_background_noise_/hum.wav"))
    TemporaryFolder.write(
      ToneDataset.wav(noise, sampleRate: 8_000), to: folder["talk.wav"])
    var options = DatasetOptions()
    options.purpose = .evaluation
    options.words = ["no", "yes"]
    return (folder, try! Dataset.scan(folder["d"], options: options))
  }()

  private func run(
    _ shard: Shard = .whole, threshold: Float = 0, conditions: [RecordingCondition] = [],
    date: String = "then"
  ) throws -> EvaluationRun {
    var model = ModelFixture.model()
    model.decision.threshold = threshold
    let plan = try EvaluationPlan(
      Self.data.dataset, for: model, part: .all, alarmAudio: [Self.data.folder["talk.wav"]])
    var batch = BatchEvaluation(Classifier(model, threads: 2), plan)
    batch.conditions = conditions
    batch.partSize = 16
    return EvaluationRun(
      batch, model: "m", dataset: "d", shard: shard, clipLimit: 3,
      measurement: Measurement(date: date, seconds: 0, machine: "here", seed: 0, model: []))
  }

  /// The files, without the time that it took.
  private func content(_ folder: ReportFolder) throws -> [String] {
    try Self.files.map { name in
      let text = try #require(TemporaryFolder.text(folder.path.appending(name)))
      #expect(text.count > 100, "\(name)")
      return text.replacing(#/"seconds" : [0-9.e-]+,\n/#, with: "")
        .replacing(#/then, in [0-9.]+ s/#, with: "")
    }
  }

  private func whole(_ conditions: [RecordingCondition] = []) throws -> [String] {
    let temporary = TemporaryFolder()
    let folder = try ReportFolder(temporary["report"])
    var run = try run(conditions: conditions)
    #expect(try run.run(in: folder))
    #expect(try run.publish(in: folder).evaluated == 64)
    let names = TemporaryFolder.names(in: folder.path)
    #expect(!names.contains("part.json") && !names.contains("part.csv"))
    return try content(folder)
  }

  /// Where no part is asked for, noise comes from seconds that no training had.
  @Test(arguments: [(EvaluationPart.all, Split.testing), (.training, .training)])
  func theNoiseOfThePartIsMixedIn(part: EvaluationPart, split: Split) throws {
    let model = ModelFixture.model()
    let plan = try EvaluationPlan(Self.data.dataset, for: model, part: part)
    let test = RobustnessTest(Classifier(model, threads: 1), [], plan, warn: { _ in })
    #expect(test.split == split)
  }

  @Test func mergedShardsAreTheWhole() throws {
    let conditions: [RecordingCondition] = [
      .noise(signalToNoise: 5), .room(milliseconds: 300),
    ]
    let temporary = TemporaryFolder()
    let parts = ["c", "a", "b"].map { temporary[$0] }
    for (part, number) in zip(parts, [3, 1, 2]) {
      var run = try run(Shard("\(number)/3")!, conditions: conditions)
      #expect(try run.run(in: ReportFolder(part)))
    }
    let folder = try ReportFolder(temporary["merged"])
    let report = try EvaluationState.merge(parts, into: folder)
    #expect(report.evaluated == 64 && report.skipped.count == 1)
    #expect(report.robustness?.count == 3 && report.alarms != nil)
    for (merged, whole) in zip(try content(folder), try whole(conditions)) {
      #expect(merged == whole)
    }
  }

  @Test func aRunThatWasKilledGoesOn() throws {
    let temporary = TemporaryFolder()
    let folder = try ReportFolder(temporary["report"])
    var first = try run()
    var parts = 0
    #expect(
      try !first.run(
        in: folder,
        isCancelled: {
          parts += 1; return parts > 2
        }))
    // Killed while it wrote: a row without its end.
    let rows = folder.path.appending("part.csv")
    TemporaryFolder.write(TemporaryFolder.read(rows)! + Array("no/half,n".utf8), to: rows)
    var second = try run()
    var remarks: [String] = []
    var predictions = 0
    let isDone = try second.run(
      in: folder, remark: { remarks.append($0) }, each: { _ in predictions += 1 })
    #expect(isDone && predictions == 64)
    #expect(remarks.count == 1 && remarks[0].hasPrefix("continues: 32 of 66 clips"))
    _ = try second.publish(in: folder)
    #expect(try content(folder) == whole())
  }

  @Test func anotherModelBeginsAnew() throws {
    let temporary = TemporaryFolder()
    let folder = try ReportFolder(temporary["report"])
    var first = try run()
    var parts = 0
    _ = try first.run(
      in: folder,
      isCancelled: {
        parts += 1; return parts > 1
      })
    var remarks: [String] = []
    var second = try run(threshold: 0.9)
    #expect(try second.run(in: folder, remark: { remarks.append($0) }))
    #expect(remarks.count == 1 && remarks[0].hasPrefix("starts again"))
    #expect(remarks[0].contains("another model or threshold"))
    TemporaryFolder.write(Array("{".utf8), to: folder.path.appending("part.json"))
    var third = try run()
    #expect(try third.run(in: folder, remark: { remarks.append($0) }))
    #expect(remarks.last?.hasSuffix("part.json cannot be read") == true)
  }

  /// Names, sizes and labels are the same, so only the bytes tell.
  @Test(arguments: ["yes/s0_nohash_0.wav", "_background_noise_/hum.wav"])
  func otherSoundsBeginAnew(_ name: String) throws {
    let temporary = TemporaryFolder()
    let folder = try ReportFolder(temporary["report"])
    var first = try run()
    var parts = 0
    _ = try first.run(
      in: folder,
      isCancelled: {
        parts += 1; return parts > 4
      })
    let path = Self.data.folder["d"].appending(name)
    let before = TemporaryFolder.read(path)!
    TemporaryFolder.write(before.dropLast(8) + [1, 2, 3, 4, 5, 6, 7, 8], to: path)
    defer { TemporaryFolder.write(before, to: path) }
    var remarks: [String] = []
    var second = try run()
    #expect(try second.run(in: folder, remark: { remarks.append($0) }))
    #expect(remarks.count == 1 && remarks[0].hasPrefix("starts again"), "\(remarks)")
  }

  @Test func oneFolderIsForOneEvaluation() throws {
    let temporary = TemporaryFolder()
    let log = try PredictionLog(temporary["part.csv"], keeping: 0)
    #expect(throws: FileError.self) {
      _ = try PredictionLog(temporary["part.csv"], keeping: 0)
    }
    withExtendedLifetime(log) {}
  }

  @Test func partsThatDoNotFitAreRefused() throws {
    let temporary = TemporaryFolder()
    func part(_ name: String, _ shard: String, threshold: Float = 0) throws -> FilePath {
      var run = try run(Shard(shard)!, threshold: threshold)
      _ = try run.run(in: ReportFolder(temporary[name]))
      return temporary[name]
    }
    let first = try part("1", "1/3")
    let second = try part("2", "2/3")
    let other = try part("3", "3/3", threshold: 0.9)
    func problem(_ parts: [FilePath]) -> String {
      do {
        _ = try EvaluationState.merge(parts, into: ReportFolder(temporary["out"]))
        return "none"
      } catch { return "\(error)" }
    }
    #expect(problem([first, second]).contains("1 of 3 shards are missing: '3/3'"))
    #expect(problem([first, second, first]).contains("shard 1/3 is there twice"))
    #expect(problem([first, second, other]).contains("another model or threshold"))
    #expect(problem([first, second, temporary["none"]]).contains("no part.json"))
    var unfinished = try run(Shard("3/3")!)
    _ = try unfinished.run(in: ReportFolder(temporary["4"]), isCancelled: { true })
    #expect(problem([first, second, temporary["4"]]).contains("is not finished (0 clips done)"))
  }

  @Test func shardsCoverEverythingOnce() {
    for count in [1, 2, 3, 7, 100] {
      let ranges = (1...count).map { Shard("\($0)/\(count)")!.range(of: 60) }
      #expect(ranges.flatMap { Array($0) } == Array(0..<60))
    }
    for text in ["", "1", "0/3", "4/3", "1/0", "-1/3", "1/3/3", "a/b", "1/100001"] {
      #expect(Shard(text) == nil, "\(text)")
    }
  }
}
