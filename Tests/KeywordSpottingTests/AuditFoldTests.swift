import SystemPackage
import TestSupport
import Testing

@testable import KeywordSpotting

@Suite struct AuditFoldTests {
  @Test func aMislabelledClipIsFoundByModelsThatNeverHeardItsSpeaker() throws {
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
    #expect(page.contains("<audio") && page.contains("each on speakers that it never heard"))
  }

  private func recording(_ word: String, _ speaker: String?, _ name: String) -> Recording {
    Recording(
      path: FilePath(name), name: name, word: word, label: word, split: .training,
      speaker: speaker, byteCount: 1)
  }

  @Test func foldsKeepSpeakersTogetherAndLabelsApart() {
    var recordings: [Recording] = []
    for speaker in 0..<10 {
      for word in ["a", "b"] {
        for take in 0..<3 {
          recordings.append(recording(word, "s\(speaker)", "\(word)/\(speaker)/\(take)"))
        }
      }
    }
    recordings += [recording("rare", nil, "rare/0"), recording("rare", nil, "rare/1")]
    let folds = SpeakerFolds(recordings, count: 5).folds
    var seen: [String: Set<Int>] = [:]
    for (recording, fold) in zip(recordings, folds) {
      seen[recording.speaker ?? recording.name, default: []].insert(fold)
    }
    #expect(seen.values.allSatisfy { $0.count == 1 })
    for fold in 0..<5 { #expect((12...14).contains(folds.count { $0 == fold })) }
    // One is always left to train on.
    #expect(Set(folds.suffix(2)).count == 2)
  }
}
