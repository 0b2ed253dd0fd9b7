import Basics
import Datasets
import Recognition

/// Finds the role of each clip of an evaluation, by its content.
struct ClipRoles: Sendable {
  private let history: ClipHistory
  /// Whether validation clips count as clips that chose the epoch: true if the model is of format
  /// 1, which did not store them, and was trained on clips of this dataset.
  private let presumesSelected: Bool

  init(_ model: KeywordModel, isTrainedOn: Bool) {
    history = model.history
    presumesSelected = isTrainedOn && !history.selected.isComplete
  }

  /// The role of a clip; `split` is its part by training's rule.
  func role(of contentHash: UInt64, split: Split?) -> ClipRole? {
    history.role(of: contentHash) ?? (presumesSelected && split == .validation ? .selected : nil)
  }

  /// The role of silence that is cut from a part of `noise`.
  ///
  /// If the model was trained with this noise, the seconds for training were mixed into its clips,
  /// and those for validation chose the epoch.
  func role(ofCutsFrom noise: NoiseLibrary, split: Split) -> ClipRole? {
    guard presumesSelected || noise.contentHashes.contains(where: history.trained.contains) else {
      return nil
    }
    switch split {
    case .training: return .trained
    case .validation: return .selected
    case .testing: return nil
    }
  }
}

extension Classifier {
  /// The most clips that are decoded to recognise a dataset.
  private static let mostProbes = 256
  /// The filter of format 1 finds one of 2,000 other clips by mistake, so this many must be found;
  /// for another dataset the chance is 1 in 100,000.
  private static let fewestFiltered = 4

  /// Whether the model was trained on clips of a dataset.
  ///
  /// Clips are identified by content, so added, removed or renamed files do not matter.
  ///
  /// - Parameter dataset: The dataset, scanned by the rule of the model's training. Clips spread
  ///   over its training part are examined until one is known.
  /// - Returns: Whether one is known.
  package func wasTrained(on dataset: Dataset) -> Bool {
    let clips = dataset.recordings(in: .training)
    let count = min(Self.mostProbes, clips.count)
    let trained = model.history.trained
    let needed = min(trained.filter == nil ? 1 : Self.fewestFiltered, max(1, count))
    var found = 0
    for start in stride(from: 0, to: count, by: 32) {
      let places = start..<min(count, start + 32)
      found += Parallel.map(places.count, threads: threads) { index, _ in
        let clip = clips[(start + index) * clips.count / count]
        let decoded = try? self.identityReader.read(clip.path)
        return decoded.map { trained.contains(ContentHash.of($0.samples)) } ?? false
      }.count { $0 }
      if found >= needed { return true }
    }
    return false
  }
}
