import Basics
import Datasets
import Recognition

/// Decides what each clip of an evaluation was to the model, by its content.
struct ClipRoles: Sendable {
  private let history: ClipHistory
  /// Whether validation clips count as those that chose the epoch: the model is of format 1, which did
  /// not store them, and was trained on clips of the same dataset.
  private let presumesSelected: Bool

  init(_ model: KeywordModel, isTrainedOn: Bool) {
    history = model.history
    presumesSelected = isTrainedOn && !history.selected.isComplete
  }

  /// The role of a clip; `split` is its part by the rule of training.
  func role(of contentHash: UInt64, split: Split?) -> ClipRole? {
    history.role(of: contentHash) ?? (presumesSelected && split == .validation ? .selected : nil)
  }

  /// The role of silence that is cut from `noise` of a part of it: of noise that the model knows, the
  /// seconds for training were mixed into its clips, and those for validation chose the epoch.
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
  /// Clips that are decoded at most to know a dataset again.
  private static let mostProbes = 256
  /// Of a filter of format 1, which takes one strange clip of 2,000 for its own, so many must be found:
  /// the chance for a strange dataset is 1 in 100,000.
  private static let fewestFiltered = 4

  /// Whether the model was trained on clips of a dataset.
  ///
  /// Clips are known by their content, so files that were added, removed or renamed change nothing.
  ///
  /// - Parameter dataset: Scanned by the rule of the model's training; clips spread over its training
  ///   part are looked at until one is known.
  /// - Returns: Whether one is.
  func wasTrained(on dataset: Dataset) -> Bool {
    let clips = dataset.recordings(in: .training)
    let count = min(Self.mostProbes, clips.count)
    let trained = model.history.trained
    let needed = min(trained.filter == nil ? 1 : Self.fewestFiltered, max(1, count))
    var found = 0
    for start in stride(from: 0, to: count, by: 32) {
      let places = start..<min(count, start + 32)
      found += Parallel.map(places.count, threads: threads) { index, _ in
        let clip = clips[(start + index) * clips.count / count]
        let heard = try? self.identityReader.read(clip.path)
        return heard.map { trained.contains(ContentHash.of($0.samples)) } ?? false
      }.count { $0 }
      if found >= needed { return true }
    }
    return false
  }
}
