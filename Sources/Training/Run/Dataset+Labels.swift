#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Basics
import Datasets
import Recognition

extension Dataset {
  /// Checks, before any work is done, that the labels fit into a model's header.
  ///
  /// The header holds each label, its clips by part, and the figures of tuned thresholds. It may
  /// have at most `Safetensors.maximumHeader` bytes, enough for about 15,000 short words.
  ///
  /// - Throws: `TrainingError.tooManyLabels`.
  func checkLabels() throws(TrainingError) {
    // A few hundred short names always fit.
    guard labels.count > 256 else { return }
    // Only texts and whole numbers, so encoding cannot fail.
    let parts = [try! jsonEncoder().encode(labels), try! jsonEncoder().encode(clipCounts)]
    let byteCount = parts.reduce(0) {
      $0 + JSONText.string(String(decoding: $1, as: UTF8.self)).utf8.count
    }
    let limit = Safetensors.maximumHeader / 4 * 3
    guard byteCount <= limit else {
      throw .tooManyLabels(labels.count, byteCount: byteCount, limit: limit)
    }
  }

  /// Number of clips by part and label.
  var clipCounts: [String: [String: Int]] {
    recordings.reduce(into: [:]) { counts, recording in
      counts[recording.split.rawValue, default: [:]][recording.label, default: 0] += 1
    }
  }
}
