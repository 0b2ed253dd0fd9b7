import Basics

/// One generator for each purpose, epoch and place, so that the draws for a clip do not depend on
/// earlier draws.
package struct RandomStreams: Sendable {
  private let root: SeededGenerator

  init(seed: UInt64) { root = SeededGenerator(seed: seed) }

  /// For the initial weights.
  var weights: SeededGenerator { root.child(0) }
  /// For the order of an epoch.
  package func plan(epoch: Int) -> SeededGenerator { root.child(1).child(UInt64(epoch)) }
  /// For one example of an epoch.
  func example(epoch: Int, place: Int) -> SeededGenerator {
    root.child(2).child(UInt64(epoch)).child(UInt64(place))
  }
  /// For the dropout of one update.
  func dropoutSeed(update: Int) -> UInt64 { root.child(3).child(UInt64(update)).seed }
}
