import Datasets
import Recognition
import Sound

/// One item of an evaluation.
package struct EvaluationItem {
  package var name: String
  /// The label; nil for an alarm recording, in which only alarms are counted.
  package var label: String?
  /// The word of the dataset, which may be none of the model's.
  package var word: String?
  package var speaker: String?
  package var split: Split?
  package var source: ClipSource
  /// The role of a cut of silence; nil for files, whose role depends on their content.
  var cutRole: ClipRole?
}

/// The items of a plan in order, part by part: the dataset's clips, cuts of silence, and alarm
/// recordings.
package struct EvaluationItems {
  private let plan: EvaluationPlan
  private let classifier: Classifier
  private let labels: Set<String>
  private let warn: (String) -> Void
  private let end: Int
  private var next: Int
  /// Cuts of silence, made one by one when the first is needed.
  private var silence: SilenceCuts?
  private var cutRole: ClipRole?

  package init(
    _ plan: EvaluationPlan, _ range: Range<Int>, _ classifier: Classifier,
    warn: @escaping (String) -> Void
  ) {
    self.plan = plan
    self.classifier = classifier
    labels = Set(classifier.model.labels)
    self.warn = warn
    next = range.lowerBound
    end = range.upperBound
  }

  /// The next items, at most `count` or about 16 MB of files, so that hours of audio are not
  /// decoded at once; empty at the end.
  package mutating func nextPart(_ count: Int) -> [EvaluationItem] {
    var items: [EvaluationItem] = []
    var bytes = 0
    while next < end, items.count < count, bytes < 16 << 20 {
      items.append(item(at: next))
      if case .clip(let clip) = items.last!.source {
        bytes += 4 * clip.samples.count
      } else {
        bytes += next < plan.recordings.count ? plan.recordings[next].byteCount : 16 << 20
      }
      next += 1
    }
    return items
  }

  private mutating func item(at index: Int) -> EvaluationItem {
    if index < plan.recordings.count {
      let recording = plan.recordings[index]
      let isKnown = labels.contains(recording.label)
      return EvaluationItem(
        name: recording.name, label: isKnown ? recording.label : ClassLabel.unknown,
        word: recording.word, speaker: recording.speaker, split: recording.split,
        source: .file(recording.path))
    }
    let cut = index - plan.recordings.count
    if cut < plan.silenceCount {
      let clip = silence(cut)
      return EvaluationItem(
        name: BatchEvaluation.cutPrefix + "\(cut + 1)", label: ClassLabel.silence, speaker: nil,
        split: cutSplit, source: .clip(clip), cutRole: cutRole)
    }
    let path = plan.alarmAudio[cut - plan.silenceCount]
    return EvaluationItem(
      name: path.bytes.displayName, label: nil, speaker: nil, split: nil, source: .file(path))
  }

  /// The part of the noise from which silence is cut.
  private var cutSplit: Split { plan.part.split ?? .testing }

  private mutating func silence(_ index: Int) -> Clip {
    if silence == nil {
      let noise = NoiseLibrary(plan.dataset.noise, reader: classifier.noiseReader, warn: warn)
      cutRole = plan.roles.role(ofCutsFrom: noise, split: cutSplit)
      silence = SilenceCuts(
        noise, window: classifier.model.window, sampleRate: classifier.model.frontEnd.sampleRate,
        for: cutSplit)
      for _ in 0..<index { silence!.next() }
    }
    return silence!.next()
  }
}
