import SystemPackage
import TestSupport
import Testing

@testable import Datasets
@testable import Evaluation
@testable import Recognition
@testable import Training

/// What was begun goes on only with the same input.
@Suite struct ChangedInputTests {
  private func tone(_ seed: UInt64, seconds: Double = 0.25) -> [UInt8] {
    ToneDataset.wav(ToneDataset.tone(350, seconds: seconds, seed: seed), sampleRate: 8_000)
  }

  /// Validation chooses the epoch and fits the temperature, so its clips decide the model too.
  @Test func aTrainingDoesNotGoOnWithAnotherValidationClip() throws {
    let fixture = TrainingFixture(clips: 8)
    let clip = fixture.data.appending("low").appending("speaker2_nohash_0.wav")
    let before = try #require(TemporaryFolder.read(clip))
    try fixture.interrupted("cut", afterSteps: 2)
    TemporaryFolder.write(tone(99), to: clip)
    guard case .otherData? = fixture.resumeFailure("cut") else {
      Issue.record("resumed with another validation clip")
      return
    }
    TemporaryFolder.write(before, to: clip)
    #expect(fixture.resumeFailure("cut") == nil)
  }

  private func evaluation(_ folder: TemporaryFolder, alarmAudio: [FilePath]) throws -> EvaluationRun
  {
    var options = DatasetOptions()
    options.purpose = .evaluation
    let model = ModelFixture.model(labels: ["no", "yes"])
    let plan = try EvaluationPlan(
      Dataset.scan(folder["d"], options: options), for: model, part: .all, alarmAudio: alarmAudio)
    return EvaluationRun(
      BatchEvaluation(Classifier(model, threads: 1), plan), model: "m", dataset: "d",
      shard: .whole, clipLimit: 0,
      measurement: Measurement(date: "", seconds: 0, machine: "", seed: 0, model: []))
  }

  @Test func anEvaluationDoesNotGoOnWithOtherAlarmAudio() throws {
    let folder = TemporaryFolder()
    for word in ["no", "yes"] { folder.write("d/\(word)/a_nohash_0.wav", tone(1)) }
    let talk = folder.write("talk.wav", tone(2, seconds: 2))
    let music = folder.write("music.wav", tone(3, seconds: 2))
    func remark(_ name: String, from first: [FilePath], to second: [FilePath]) throws -> String {
      let report = try ReportFolder(folder[name])
      var begun = try evaluation(folder, alarmAudio: first)
      #expect(try begun.run(in: report))
      var remarks: [String] = []
      var next = try evaluation(folder, alarmAudio: second)
      #expect(try next.run(in: report, remark: { remarks.append($0) }))
      return remarks.joined(separator: "\n")
    }
    #expect(try remark("same", from: [talk], to: [talk]).hasPrefix("continues: 3 of 3"))
    #expect(try remark("other", from: [talk], to: [music]).hasPrefix("starts again"))
    #expect(try remark("none", from: [talk], to: []).hasPrefix("starts again"))
    #expect(try remark("more", from: [talk], to: [talk, music]).hasPrefix("starts again"))
  }
}
