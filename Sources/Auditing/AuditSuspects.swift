import Basics
import Datasets
import Evaluation
import Neural
import Recognition
import Statistics

/// Clips whose label a model doubts, the most doubtful first.
public struct AuditSuspects: Sendable {
  /// The most suspects; more would mean that the model is wrong, not the labels.
  static let limit = 100
  /// The smallest margin of another class over the label.
  static let leastDoubt: Float = 0.5

  struct Suspect: Sendable {
    var recording: Recording
    /// Confident learning's normalised margin (Northcutt and others 2021): the probability of the
    /// likeliest class minus that of the label.
    var doubt: Float
    /// Probability of the label, and of the likeliest class.
    var own: Float
    var likeliest: Float
    /// The likeliest class.
    var answer: String
    var classifier: Classifier
  }

  private var suspects: [Suspect] = []
  private var folds = 0
  /// Clips that the judging models never met: all, and those whose label is the likeliest class.
  private var unseen = (judged: 0, agreeing: 0)
  /// The same for all clips.
  private var all = (judged: 0, agreeing: 0)
  private var met = MetCounts()

  /// Starts without suspects; `folds` models will judge clips that they were not trained on.
  init(folds: Int = 0) { self.folds = folds }

  /// Judges clips.
  ///
  /// - Parameters:
  ///   - recordings: The clips.
  ///   - classifier: The model.
  ///   - progress: Called with the number of clips done.
  mutating func judge(
    _ recordings: [Recording], by classifier: Classifier, progress: (Int) -> Void = { _ in }
  ) {
    let model = classifier.model
    for start in stride(from: 0, to: recordings.count, by: 256) {
      let part = recordings[start..<min(recordings.count, start + 256)]
      for (recording, result) in zip(part, classifier.inspect(part.map { .file($0.path) })) {
        guard let inspected = try? result.get() else { continue }
        let answer = inspected.answer
        let label =
          model.labels.firstIndex(of: recording.word)
          ?? model.labels.firstIndex(of: ClassLabel.unknown)
        guard let label else { continue }
        let best = argmax(answer.probabilities)
        let agrees = best == label
        all.judged += 1
        if agrees { all.agreeing += 1 }
        if let role = model.history.role(of: inspected.contentHash) {
          met.add(role, isCorrect: agrees)
        } else {
          unseen.judged += 1
          if agrees { unseen.agreeing += 1 }
        }
        let doubt = answer.probabilities[best] - answer.probabilities[label]
        guard best != label, doubt > Self.leastDoubt else { continue }
        suspects.append(
          Suspect(
            recording: recording, doubt: doubt, own: answer.probabilities[label],
            likeliest: answer.probabilities[best], answer: model.labels[best],
            classifier: classifier))
      }
      suspects.sort { ($1.doubt, $0.recording.name) < ($0.doubt, $1.recording.name) }
      suspects.removeSubrange(min(Self.limit, suspects.count)...)
      progress(start + part.count)
    }
  }

  /// How reliable the judging models are.
  public var judge: AuditReport.Judge {
    let basis = unseen.judged > 0 ? unseen : all
    return AuditReport.Judge(
      folds: folds, agreement: Estimate.accuracy(correct: basis.agreeing, of: basis.judged),
      trainedOn: met.figures.first { $0.role == .trained }?.accuracy.n ?? 0, met: met.figures)
  }

  /// One finding for each suspect.
  public var findings: [AuditReport.Finding] {
    suspects.map { suspect in
      let own = TextCell.percent(Double(suspect.own))
      let other = TextCell.percent(Double(suspect.likeliest))
      return AuditReport.Finding(
        kind: .mislabelled, subject: suspect.recording.name,
        detail:
          "labelled \(suspect.recording.word) (\(own)), recognised as \(suspect.answer) (\(other))",
        related: [])
    }
  }

  /// The first suspects to listen to.
  package func cards(limit: Int) -> [SuspectCard] {
    suspects.prefix(limit).compactMap { suspect in
      let (recording, classifier) = (suspect.recording, suspect.classifier)
      guard let clip = try? classifier.reader.read(recording.path) else { return nil }
      return SuspectCard(
        evidence: ClipEvidence(recording.name, clip, classifier), labels: classifier.model.labels,
        label: recording.word, answer: suspect.answer)
    }
  }
}

/// A suspect's samples, and the posteriors of the model that doubts it.
package struct SuspectCard: Sendable {
  let evidence: ClipEvidence
  let labels: [String]
  let label: String
  let answer: String
}

extension Audit {
  /// Clips whose label a model doubts.
  ///
  /// - Parameters:
  ///   - classifier: The model; it doubts clips that it was trained on too rarely.
  ///   - progress: Called with the number of clips done.
  /// - Returns: The suspects.
  public func suspects(
    _ classifier: Classifier, progress: (Int) -> Void = { _ in }
  ) -> AuditSuspects {
    var suspects = AuditSuspects()
    suspects.judge(dataset.recordings, by: classifier, progress: progress)
    return suspects
  }
}
