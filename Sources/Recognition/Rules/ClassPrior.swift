import Basics
import Glibc

/// The shares of the classes that posteriors stand for.
///
/// A network learns how frequent each class is in training, where unknown words and silence are more
/// frequent than any keyword. For a task with other shares the logits are shifted by the logarithm
/// of the ratio (Saerens, Latinne and Decaestecker 2002, equation 2.4; arXiv 2007.07314).
public struct ClassPrior: Codable, Equatable, Sendable {
  /// The share of each class among the examples of training, by label; empty if it is not known.
  public var trained: [String: Double] = [:]
  /// The shares that posteriors stand for.
  public var target = PriorTarget.trained

  /// Leaves posteriors as they are.
  public init() {}

  /// - Parameters:
  ///   - trained: The share of each class among the examples of training, by label.
  ///   - target: The shares that posteriors stand for.
  public init(trained: [String: Double], target: PriorTarget) {
    (self.trained, self.target) = (trained, target)
  }

  /// (C): what is added to the logits, divided by the temperature, of each class; nil adds nothing.
  package func offsets(_ labels: [String]) -> [Float]? { offsets(labels, for: target) }

  /// (C): the shares that posteriors stand for; nil if those of training are not known.
  package func shares(_ labels: [String]) -> [Double]? {
    knows(labels) ? target.shares(labels, trained: trained) : nil
  }

  /// (C): the offsets for another target.
  func offsets(_ labels: [String], for target: PriorTarget) -> [Float]? {
    guard target != .trained, knows(labels),
      let shares = target.shares(labels, trained: trained)
    else { return nil }
    return zip(labels, shares).map { Float(log($1 / trained[$0]!)) }
  }

  /// (C): factors that turn posteriors of this prior into those for `other`; nil if they are equal.
  package func factors(to other: PriorTarget, _ labels: [String]) -> [Float]? {
    guard other != target else { return nil }
    let zeros = labels.map { _ in Float(0) }
    let (old, new) = (offsets(labels), offsets(labels, for: other))
    if old == nil && new == nil { return nil }
    return zip(old ?? zeros, new ?? zeros).map { expf($1 - $0) }
  }

  /// Whether the share of every label in training is known.
  private func knows(_ labels: [String]) -> Bool { labels.allSatisfy { trained[$0] != nil } }

  /// What is wrong with the numbers for a model with these labels, or nil.
  func problem(_ labels: [String]) -> String? {
    if !trained.isEmpty {
      guard Set(trained.keys) == Set(labels) else {
        return "the shares of training are not those of the labels"
      }
      for (label, share) in trained.sorted(by: { $0.key < $1.key })
      where !(1e-9...1).contains(share) {
        return "the share of \"\(label)\" in training must lie within 1e-9 to 1, not at \(share)"
      }
    }
    return problem(target, labels)
  }

  /// Why posteriors cannot stand for a target, or nil.
  package func problem(_ target: PriorTarget, _ labels: [String]) -> String? {
    if target != .trained, trained.isEmpty {
      return "the model does not know the shares of the classes in its training"
    }
    return target.problem(labels)
  }

  /// The shares as text for people: "equal shares of all classes (in training _unknown_ 52.1%, ...)".
  package var text: String {
    if trained.isEmpty { return "those of training, which are not known" }
    let shares = trained.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let listed = shares.prefix(3).map { "\($0.key) \(TextCell.percent($0.value))" }
    let training =
      "in training " + listed.joined(separator: ", ") + (shares.count > listed.count ? ", ..." : "")
    return switch target {
    case .trained: "those of training (\(training))"
    case .equal: "equal (\(training))"
    case .shares: "\(target) (\(training))"
    }
  }
}
