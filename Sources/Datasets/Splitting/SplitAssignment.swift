import Recognition

/// Assigns the parts that the dataset itself does not define.
enum SplitAssignment {
  /// Gives every clip its part, and returns the rule.
  static func assign(_ scan: inout DatasetScan, _ options: DatasetOptions) -> SplitRule {
    var hash = SplitHash(
      validationPercent: options.validationPercent, testingPercent: options.testingPercent)
    if let fold = options.fold {
      let folds = Fold.assignment(scan.clips.map(key), count: fold.count)
      for index in scan.clips.indices {
        let isHere = folds[key(scan.clips[index])] == fold.index
        scan.clips[index].split = isHere ? .testing : .training
      }
      return .fold
    }
    if let rule = scan.ownRule {
      hash.testingPercent = 0
      holdBackValidation(&scan, hash)
      return rule
    }
    var known: [String: Split] = [:]
    for index in scan.clips.indices {
      let key = key(scan.clips[index])
      let split = known[key] ?? hash.split(of: key)
      known[key] = split
      scan.clips[index].split = split
    }
    let unknown = scan.clips.filter { $0.speaker == nil }
    guard let first = unknown.first else { return .speakerHash }
    scan.warnings.append(
      "the speaker of \(unknown.count) of \(scan.clips.count) clips is not known (such as "
        + "\(first.relative.displayName)): their file names decide the part, so one speaker may "
        + "be in several and results may look better than they are; a pattern for the speakers helps"
    )
    return .fileNameHash
  }

  /// Training needs clips that choose the checkpoint: where the data's own split has none, a share
  /// of the training speakers is held back.
  private static func holdBackValidation(_ scan: inout DatasetScan, _ hash: SplitHash) {
    let parts = Set(scan.clips.map(\.split))
    guard parts.contains(.training), !parts.contains(.validation) else { return }
    let speakers = Set(
      scan.clips.lazy.filter { $0.split == .training }.compactMap(\.speaker))
    if (1..<fewestSpeakers).contains(speakers.count) {
      scan.warnings.append(
        "the data has no validation part, and its \(speakers.count) training speakers are too few "
          + "to hold one back: the last epoch is kept")
      return
    }
    var count = 0
    for index in scan.clips.indices where scan.clips[index].split == .training {
      guard hash.split(of: key(scan.clips[index])) == .validation else { continue }
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
    clip.speaker ?? Array(clip.relative.fileName).displayName
  }
}
