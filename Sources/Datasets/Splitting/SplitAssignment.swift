import Recognition

/// Assigns the parts that the dataset itself does not define.
enum SplitAssignment {
  /// Gives every clip its part, and returns the rule.
  static func assign(
    _ scan: inout DatasetScan, _ classes: Classes, _ options: DatasetOptions
  ) -> SplitRule {
    let hash = SplitHash(
      validationPercent: options.validationPercent, testingPercent: options.testingPercent)
    if let fold = options.fold {
      assign(fold, &scan, classes)
      return .fold
    }
    if let rule = scan.ownRule {
      holdBackValidation(&scan, classes, hash)
      return rule
    }
    let known = KnownSpeakers(scan, classes)
    if options.holdOut == .never || options.holdOut == .bySize && known.areTooFew {
      for index in scan.clips.indices { scan.clips[index].split = .training }
      return .whole
    }
    let parts = hash.parts(
      of: scan.clips.map { SplitHash.Clip(key: key($0), label: classes.label(of: $0.word)) })
    for index in scan.clips.indices { scan.clips[index].split = parts[key(scan.clips[index])] }
    return warnOfUnknownSpeakers(&scan) ? .fileNameHash : .speakerHash
  }

  /// The clips of one fold test, all others train.
  private static func assign(_ fold: Fold, _ scan: inout DatasetScan, _ classes: Classes) {
    let plan = FoldPlan(
      scan.clips.map { clip in
        FoldPlan.Clip(
          label: classes.label(of: clip.word), speaker: clip.speaker,
          file: clip.fileName)
      }, count: fold.count)
    for index in scan.clips.indices {
      let isHere = plan?.folds[index] == fold.index
      scan.clips[index].split = isHere ? .testing : .training
    }
  }

  /// Whether the speakers of some clips are not known, with a warning if so.
  private static func warnOfUnknownSpeakers(_ scan: inout DatasetScan) -> Bool {
    let unknown = scan.clips.filter { $0.speaker == nil }
    guard let first = unknown.first else { return false }
    scan.warnings.append(
      "the speaker of \(unknown.count) of \(scan.clips.count) clips is not known (such as "
        + "\(first.relative.displayName)): their file names decide the part, so one speaker may "
        + "be in several and results may look better than they are; a pattern for the speakers helps"
    )
    return true
  }

  /// Training needs clips that choose the checkpoint: where the data's own split has none, a share
  /// of the training speakers is held back.
  private static func holdBackValidation(
    _ scan: inout DatasetScan, _ classes: Classes, _ hash: SplitHash
  ) {
    let parts = Set(scan.clips.map(\.split))
    guard parts.contains(.training), !parts.contains(.validation) else { return }
    let training = scan.clips.indices.filter { scan.clips[$0].split == .training }
    let speakers = Set(training.compactMap { scan.clips[$0].speaker })
    if (1..<fewestSpeakers).contains(speakers.count) {
      scan.warnings.append(
        "the data has no validation part, and its \(speakers.count) training speakers are too few "
          + "to hold one back: the last epoch is kept")
      return
    }
    var hash = hash
    hash.testingPercent = 0
    let held = hash.parts(
      of: training.map { index in
        SplitHash.Clip(
          key: key(scan.clips[index]), label: classes.label(of: scan.clips[index].word))
      })
    var count = 0
    for index in training where held[key(scan.clips[index])] == .validation {
      scan.clips[index].split = .validation
      count += 1
    }
    if hash.validationPercent > 0 {
      scan.warnings.append(
        "the data has no validation part: \(count) clips of its training part are held back for "
          + "it (\(hash.validationPercent)% of the speakers or file names, by a hash)")
    }
  }

  /// With fewer speakers than this, one less to train on costs more than a choice of the epoch
  /// gives.
  private static let fewestSpeakers = 10

  private static func key(_ clip: DatasetScan.Clip) -> String {
    clip.speaker ?? clip.fileName
  }
}

/// Who speaks the words of a dataset.
struct KnownSpeakers {
  /// With fewer speakers than this all train: two of them would say little of the next one.
  static let fewestSpeakers = 20
  /// Without known speakers, with fewer clips of words than this.
  static let fewestClips = 500
  /// With so many clips of words, folds would take too long.
  static let mostClips = 4_000

  /// Speakers of words; nil where the speaker of one of the clips is not known.
  let speakers: Int?
  /// Clips of words.
  let clips: Int

  init(_ scan: DatasetScan, _ classes: Classes) {
    let words = scan.clips.filter { ClassLabel.isKeyword(classes.label(of: $0.word)) }
    clips = words.count
    let names = words.map(\.speaker)
    speakers = names.contains(nil) ? nil : Set(names).count
  }

  /// Whether none can be spared for validation and testing.
  var areTooFew: Bool {
    speakers.map { $0 < Self.fewestSpeakers && clips < Self.mostClips }
      ?? (clips < Self.fewestClips)
  }
}
