import Basics
import Datasets
import Recognition
import Sound
import SystemPackage

/// The recordings that windows are drawn from, each in one part by its speaker.
struct NegativeRecordings {
  /// Those of the training and validation parts.
  private(set) var recordings: [Recording] = []
  /// By path: the keywords with their times.
  private(set) var words: [FilePath: [LabelledWord]] = [:]
  /// What a person should know.
  private(set) var warnings: [String] = []

  /// Finds the recordings.
  ///
  /// One whose speaker the dataset knows is in that speaker's part; of the others a hash decides, and
  /// those for testing are left alone. A recording with a keyword without a time is
  /// left out.
  ///
  /// - Throws: `TrainingError` where they or their labels cannot be read.
  init(_ options: NegativeOptions?, beside dataset: Dataset, _ rule: DatasetOptions)
    throws(TrainingError)
  {
    guard let options else { return }
    let labels: EventLabels
    var paths: [FilePath] = []
    do {
      var files = options.labels.map { FilePath(bytes: $0) }
      for path in options.paths.map({ FilePath(bytes: $0) }) {
        let beside = path.appending(AlarmAudio.transcriptName)
        if isFile(beside), !files.contains(beside) { files.append(beside) }
        guard isFolder(path) || isFile(path) else { throw FileError.missing(path) }
        paths += isFolder(path) ? try AudioFiles.some(below: path) : [path]
      }
      labels = try EventLabels(files)
    } catch let error as FileError { throw .file(error) } catch let error as LabelError {
      throw .labels(error)
    } catch {
      preconditionFailure("\(error)")
    }
    paths = DistinctFiles.of(paths)
    let keywords = dataset.labels.filter(ClassLabel.isKeyword)
    let parts = Dictionary(
      dataset.recordings.compactMap { clip in clip.speaker.map { ($0, clip.split) } }
    ) { first, _ in first }
    let speakers: [String?]
    do { speakers = try SpeakerFinder(rule).speakers(of: paths) } catch {
      throw .dataset(error)
    }
    var (leftOut, unknown) = (0, 0)
    for (path, named) in zip(paths, speakers) {
      let known = labels[path]
      if known == nil { unknown += 1 }
      guard known?.mentions(of: keywords).isEmpty != false else {
        leftOut += 1
        continue
      }
      let speaker = known?.speaker ?? named
      let key = speaker ?? PathBytes(path.bytes.fileName).displayName
      let split = speaker.flatMap { parts[$0] } ?? rule.split(of: key)
      if split == .testing { continue }
      words[path] = known?.words(of: Set(keywords))
      recordings.append(
        Recording(
          path: path, name: path.displayName, word: ClassLabel.unknown, label: ClassLabel.unknown,
          split: split, speaker: speaker, byteCount: 0, isStream: true))
    }
    if leftOut > 0 {
      warnings.append(
        "\(leftOut) of \(paths.count) negative recordings are left out: a keyword in them has no "
          + "time")
    }
    if unknown > 0 {
      warnings.append(
        "no transcript says what is in \(unknown) of \(paths.count) negative recordings: a "
          + "keyword in them is taught as unknown; give their labels")
    }
    if !recordings.contains(where: { $0.split == .training }) {
      throw .option(
        .unfit(
          option: "negatives", value: paths.first?.displayName ?? "",
          problem: "none of \(paths.count) recordings is in the training part"))
    }
  }
}
