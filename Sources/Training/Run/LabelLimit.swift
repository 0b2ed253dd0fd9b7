#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Basics
import Datasets
import Recognition

extension Dataset {
  /// Refuses labels for which a model's header has no room, before any work is done for them.
  ///
  /// The header holds each label, its clips by part, and once thresholds are tuned their figures; a
  /// reader takes no header of more than `Safetensors.maximumHeader`. That is room for some 15,000
  /// short words.
  ///
  /// - Throws: `TrainingError.tooManyLabels`.
  func checkLabels() throws(TrainingError) {
    // A few hundred short names always fit.
    guard labels.count > 256 else { return }
    // Texts and whole numbers, so nothing can fail.
    let parts = [try! jsonEncoder().encode(labels), try! jsonEncoder().encode(clipCounts)]
    let byteCount = parts.reduce(0) {
      $0 + JSONText.string(String(decoding: $1, as: UTF8.self)).utf8.count
    }
    let limit = Safetensors.maximumHeader / 4 * 3
    guard byteCount <= limit else {
      throw .tooManyLabels(labels.count, byteCount: byteCount, limit: limit)
    }
  }

  /// Clips by part and label.
  var clipCounts: [String: [String: Int]] {
    recordings.reduce(into: [:]) { counts, recording in
      counts[recording.split.rawValue, default: [:]][recording.label, default: 0] += 1
    }
  }
}
