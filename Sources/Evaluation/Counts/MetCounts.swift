import Recognition
import Statistics

/// Right answers among clips that a model has met, counted by role.
package struct MetCounts: Codable, Equatable, Sendable {
  private struct Count: Codable, Equatable, Sendable {
    var n = 0
    var correct = 0
  }

  private var counts: [String: Count] = [:]

  package init() {}

  /// The counts of each role that has clips.
  var rows: [(role: String, n: Int, correct: Int)] {
    counts.map { ($0.key, $0.value.n, $0.value.correct) }
  }

  package var isEmpty: Bool { counts.isEmpty }

  package mutating func add(_ role: ClipRole, isCorrect: Bool) {
    counts[role.rawValue, default: Count()].n += 1
    if isCorrect { counts[role.rawValue]!.correct += 1 }
  }

  mutating func merge(_ other: MetCounts) {
    for (role, more) in other.counts {
      counts[role, default: Count()].n += more.n
      counts[role]!.correct += more.correct
    }
  }

  /// The accuracy for each role that has clips, in the order of the roles.
  package var figures: [MetClips] {
    ClipRole.allCases.compactMap { role in
      counts[role.rawValue].map {
        MetClips(role: role, accuracy: Estimate.accuracy(correct: $0.correct, of: $0.n))
      }
    }
  }
}
