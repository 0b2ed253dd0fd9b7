import Glibc
import Neural
import Recognition
import Statistics

/// All counts that a report needs, added clip by clip or merged from parts.
///
/// Sums are whole numbers, so parts merged in any order give the same report. Memory grows with the
/// number of classes, of other words, and of pairs of a speaker and a class, not with the number of
/// clips or the square of the classes.
public struct EvaluationCounts: Codable, Equatable, Sendable {
  /// The model's classes, in the order of its probabilities.
  public var labels: [String] { labelList.names }
  /// The model's classes, then classes that only clips or answers have, such as unknown.
  public var classes: [String] { classList.names }
  private let labelList: ClassList
  private let classList: ClassList
  /// The confusion matrix.
  public private(set) var confusion: ConfusionMatrix
  /// The calibration, over clips of the model's classes.
  public private(set) var calibration: Calibration
  /// Counts above 0, by speaker (or group of clips without one), then by class * 3 + `Column`.
  private(set) var clusters: [String: [Int: Int]] = [:]
  /// Number of clips of speech whose speaker is not known.
  private(set) var clipsWithoutSpeaker = 0
  private(set) var logLoss = FixedPoint()
  private(set) var worst: WorstClips
  /// Counts for the curves, one element per class of the model; those of silence and unknown stay
  /// 0.
  private(set) var keywords: [KeywordCounts]
  /// Alarms by the model's own decision, one element per class of the model; see `AlarmFigures`.
  private(set) var answeredAlarms: [Int]
  /// Audio without keywords, in hours.
  private(set) var quietHours = FixedPoint()
  private(set) var slices = SliceCounts()
  /// Clips of words that are no keywords; nil if no word is known, as in files of earlier versions.
  private(set) var unknownWords: UnknownWordCounts?

  /// The counts of one class in a cluster's row.
  enum Column: Int, CaseIterable {
    case support, answers, correct
  }

  /// Makes empty counts.
  ///
  /// - Parameters:
  ///   - labels: The model's classes, in the order of its probabilities.
  ///   - others: Other classes that clips or answers may have.
  ///   - options: The number of wrong clips and bins to keep.
  public init(
    labels: [String], others: [String] = [], options: EvaluationOptions = EvaluationOptions()
  ) {
    let known = ClassList(labels)
    labelList = known
    classList = ClassList(labels + others.filter { known[$0] == nil })
    confusion = ConfusionMatrix(classCount: classList.names.count)
    calibration = Calibration(binCount: options.calibrationBins)
    worst = WorstClips(limit: options.wrongLimit)
    keywords = labels.map { _ in KeywordCounts() }
    answeredAlarms = labels.map { _ in 0 }
  }

  /// Counts one clip.
  public mutating func add(_ prediction: Prediction) {
    let label = index(of: prediction.label)
    let answer = index(of: prediction.predicted)
    let probabilities = prediction.probabilities
    precondition(
      probabilities.count == labels.count,
      "\(probabilities.count) probabilities of \(labels.count) classes: \(prediction.path)")
    precondition(
      // Rounding can make a softmax in Float slightly larger than 1.
      probabilities.allSatisfy { $0 >= 0 && $0 <= 1.0001 }, "not probabilities: \(prediction.path)")
    confusion[label, answer] += 1
    count(prediction, label, answer)
    slices.add(prediction)
    if prediction.label == ClassLabel.unknown, let word = prediction.word {
      let isKeyword = ClassLabel.isKeyword(prediction.predicted)
      var words = unknownWords.take() ?? UnknownWordCounts()
      words.add(word, answeredAs: isKeyword ? prediction.predicted : nil)
      unknownWords = words
    }
    for index in labelList.keywords {
      keywords[index].add(score: probabilities[index], isPositive: index == label)
    }
    let likeliest = argmax(probabilities)
    if label < labels.count {
      calibration.add(confidence: probabilities[likeliest], isCorrect: likeliest == label)
      // A probability of 0 counts as Float's epsilon, as in scikit-learn.
      logLoss.add(-log(Double(max(probabilities[label], .ulpOfOne))))
    }
    if label != answer {
      worst.add(
        WrongClip(
          path: prediction.path, label: prediction.label, predicted: prediction.predicted,
          labelProbability: label < labels.count ? probabilities[label] : nil,
          predictedProbability: answer < labels.count ? probabilities[answer] : nil,
          rejected: prediction.rejected,
          likeliest: labels[likeliest], likeliestProbability: probabilities[likeliest],
          speaker: prediction.speaker, split: prediction.split))
    }
  }

  /// Adds the counts of another part of the clips.
  public mutating func merge(_ other: EvaluationCounts) {
    precondition(classes == other.classes, "classes \(classes) merged with \(other.classes)")
    confusion.merge(other.confusion)
    calibration.merge(other.calibration)
    for (key, row) in other.clusters {
      clusters[key, default: [:]].merge(row, uniquingKeysWith: +)
    }
    clipsWithoutSpeaker += other.clipsWithoutSpeaker
    logLoss.merge(other.logLoss)
    worst.merge(other.worst)
    for index in keywords.indices {
      keywords[index].merge(other.keywords[index])
      answeredAlarms[index] += other.answeredAlarms[index]
    }
    quietHours.merge(other.quietHours)
    slices.merge(other.slices)
    if let others = other.unknownWords {
      unknownWords = unknownWords?.merged(with: others) ?? others
    }
  }

  /// Counts the alarms in a clip or recording without keywords.
  ///
  /// - Parameters:
  ///   - windows: All of its windows, in order.
  ///   - seconds: Its length, in seconds.
  ///   - decision: The rule that gives a window's answer.
  ///   - rule: The rule for events.
  public mutating func addAudioWithoutKeywords(
    _ windows: [Classification.Window], seconds: Double, decision: Decision, rule: ListeningRule
  ) {
    quietHours.add(seconds / 3_600)
    let starts = windows.map(\.start)
    for index in labelList.keywords {
      keywords[index].addAudioWithoutKeywords(
        windows.map { $0.probabilities[index] }, starts: starts, rule, rule[labels[index]])
    }
    for event in EventDetector.events(in: windows, rule, decision, labels: labels) {
      answeredAlarms[index(of: event.label)] += 1
    }
  }

  private func index(of label: String) -> Int {
    guard let index = classList[label] else {
      preconditionFailure("'\(label)' is none of the classes \(classes)")
    }
    return index
  }

  private mutating func count(_ prediction: Prediction, _ label: Int, _ answer: Int) {
    let key = prediction.clusterKey
    // Silence has no speaker.
    if prediction.speaker == nil && prediction.label != ClassLabel.silence {
      clipsWithoutSpeaker += 1
    }
    let columns = Column.allCases.count
    var row = clusters.removeValue(forKey: key) ?? [:]
    row[label * columns + Column.support.rawValue, default: 0] += 1
    row[answer * columns + Column.answers.rawValue, default: 0] += 1
    if label == answer { row[label * columns + Column.correct.rawValue, default: 0] += 1 }
    clusters[key] = row
  }

  /// Number of known speakers.
  var speakerCount: Int { clusters.keys.count { $0.hasPrefix(Prediction.speakerPrefix) } }
}
