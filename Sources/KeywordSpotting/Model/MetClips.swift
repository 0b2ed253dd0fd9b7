/// How a model does on clips that it has met, by what they were to it.
public struct MetClips: Codable, Equatable, Sendable {
  /// What they were to it.
  public var role: ClipRole
  /// Right answers among them; Wilson's interval.
  public var accuracy: Estimate

  /// "trained on: 24 clips, 95.8% right".
  package var text: String {
    "\(role.text): \(accuracy.n) clips, \(TextCell.percent(accuracy.value)) right"
  }
}

extension EvaluationReport.Basis {
  /// Which `n` clips the figures are over, for people.
  func text(_ n: Int) -> String {
    switch self {
    case .unseen: "over the \(n) clips that the model never met; left out are those that it met:"
    case .met: "over clips that the model has met, so it flatters:"
    }
  }
}

/// Right answers among clips that a model has met, counted by role.
struct MetCounts: Codable, Equatable, Sendable {
  private struct Count: Codable, Equatable, Sendable {
    var n = 0
    var correct = 0
  }

  private var counts: [String: Count] = [:]

  var isEmpty: Bool { counts.isEmpty }

  mutating func add(_ role: ClipRole, isCorrect: Bool) {
    counts[role.rawValue, default: Count()].n += 1
    if isCorrect { counts[role.rawValue]!.correct += 1 }
  }

  mutating func merge(_ other: MetCounts) {
    for (role, more) in other.counts {
      counts[role, default: Count()].n += more.n
      counts[role]!.correct += more.correct
    }
  }

  /// The roles that have clips, the gravest first.
  var figures: [MetClips] {
    ClipRole.allCases.compactMap { role in
      counts[role.rawValue].map {
        MetClips(role: role, accuracy: Estimate.accuracy(correct: $0.correct, of: $0.n))
      }
    }
  }
}
