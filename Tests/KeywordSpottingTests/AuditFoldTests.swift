import SystemPackage
import TestSupport
import Testing

@testable import Auditing
@testable import Datasets
@testable import Recognition

@Suite struct AuditFoldTests {
  @Test func aMislabelledClipIsFoundByModelsThatWereNotTrainedOnItsSpeaker() throws {
    let fixture = TrainingFixture(words: 3, clips: 24)
    // Speaker 1 says "top", and the file lies under "low".
    let wrong = ToneDataset.tone(2_244, seconds: 0.25, seed: 77)
    TemporaryFolder.write(
      ToneDataset.wav(wrong, sampleRate: ToneDataset.sampleRate),
      to: fixture.data.appending("low/speaker1_nohash_9.wav"))
    var scan = DatasetOptions()
    scan.purpose = .evaluation
    let audit = Audit(try Dataset.scan(fixture.data, options: scan), threads: 2)
    var options = fixture.options
    options.epochs = 20
    let suspects = try audit.suspects(folds: 2, options: options)
    #expect(suspects.findings.first?.subject == "low/speaker1_nohash_9.wav")
    #expect(suspects.findings.count < 6, "\(suspects.findings.map(\.detail))")
    #expect(suspects.judge.folds == 2 && suspects.judge.agreement.value! > 0.9)
    #expect(suspects.judge.agreement.n == 73 && suspects.judge.trainedOn == 0)

    let report = audit.run(suspects: suspects)
    #expect(report.findings(of: .mislabelled).first?.subject == "low/speaker1_nohash_9.wav")
    let page = AuditPage(report, suspects: suspects.cards(limit: 1)).render()
    #expect(page.contains("<audio") && page.contains("each on speakers that it was not trained on"))
  }

  @Test func aLabelWithoutClipsToTrainOnIsLeftOut() throws {
    let fixture = TrainingFixture(words: 2, clips: 8)
    TemporaryFolder.write(
      ToneDataset.wav(
        ToneDataset.tone(500, seconds: 0.25, seed: 1), sampleRate: ToneDataset.sampleRate),
      to: fixture.data.appending("rare/speaker1_nohash_0.wav"))
    let data = try Dataset.scan(fixture.data).testing { $0.speaker == "speaker1" }
    #expect(data.labels == ["low", "mid", "_silence_"])
    #expect(data.recordings(in: .testing).count == 4 && data.recordings(in: .training).count == 12)
  }
}
