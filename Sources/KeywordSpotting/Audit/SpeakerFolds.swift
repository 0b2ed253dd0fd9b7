/// Divides clips into folds of about equal size and mix of labels, each speaker in one.
struct SpeakerFolds {
  /// The fold of each clip, from 0.
  let folds: [Int]
  private let recordings: [Recording]

  /// - Parameters:
  ///   - recordings: The clips; one without a speaker is divided by its name.
  ///   - count: How many folds, 2 or more.
  init(_ recordings: [Recording], count: Int) {
    precondition(count >= 2, "\(count) folds, expected 2 or more")
    self.recordings = recordings
    var groups: [String: [Int]] = [:]
    for (index, recording) in recordings.enumerated() {
      groups[Self.key(recording), default: []].append(index)
    }
    var folds = [Int](repeating: 0, count: recordings.count)
    var filled = [[String: Int]](repeating: [:], count: count)
    var sizes = [Int](repeating: 0, count: count)
    // The largest groups first, while there is a choice.
    let order = groups.sorted { (-$0.value.count, $0.key) < (-$1.value.count, $1.key) }
    for (_, clips) in order {
      var labels: [String: Int] = [:]
      for index in clips { labels[recordings[index].word, default: 0] += 1 }
      func cost(_ fold: Int) -> Int {
        labels.reduce(0) { $0 + $1.value * filled[fold][$1.key, default: 0] }
      }
      let fold = (0..<count).min { (cost($0), sizes[$0]) < (cost($1), sizes[$1]) }!
      for index in clips { folds[index] = fold }
      filled[fold].merge(labels, uniquingKeysWith: +)
      sizes[fold] += clips.count
    }
    self.folds = folds
  }

  private static func key(_ recording: Recording) -> String { recording.speaker ?? recording.name }

  /// The dataset in which one fold is for testing, and of the rest a tenth of the speakers for
  /// validation.
  ///
  /// A label without clips to train on is left out with its clips.
  func dataset(_ dataset: Dataset, testing fold: Int) -> Dataset {
    var splits = zip(recordings, folds).map { recording, own -> Split in
      if own == fold { return .testing }
      let bucket = StableHash.bucket(of: "validation of " + Self.key(recording), count: 10)
      return bucket == 0 ? .validation : .training
    }
    func labels(in split: Split) -> Set<String> {
      Set(zip(recordings, splits).filter { $0.1 == split }.map(\.0.label))
    }
    let trained = labels(in: .training)
    for index in recordings.indices
    where splits[index] == .validation && !trained.contains(recordings[index].label) {
      splits[index] = .training
    }
    let known = labels(in: .training).union([Dataset.silenceLabel])
    return Dataset(
      root: dataset.root,
      recordings: zip(recordings, splits).filter { known.contains($0.0.label) }.map { clip, split in
        Recording(
          path: clip.path, name: clip.name, word: clip.word, label: clip.label, split: split,
          speaker: clip.speaker, byteCount: clip.byteCount)
      },
      labels: dataset.labels.filter(known.contains), noise: dataset.noise,
      splitRule: dataset.splitRule, ignored: [], warnings: [])
  }
}
