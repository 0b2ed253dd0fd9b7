#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import SystemPackage
import TestSupport

@testable import Datasets

/// What `Fixtures/make/statistics.py` wrote with scipy 1.17.1, scikit-learn 1.9.1, NumPy 2.4.6.
struct StatisticsFixture: Decodable, Sendable {
  struct Proportion: Decodable, Sendable {
    let successes, trials: Int
    let confidence: Double
    let wilson: [Double]
  }
  struct Binomial: Decodable, Sendable {
    let successes, trials: Int
    let chance: Double
    let pValues: [Double]
  }
  struct Poisson: Decodable, Sendable {
    let events: Int
    let exposure, confidence, upper: Double
  }
  struct Quantile: Decodable, Sendable {
    let degrees, student, expandedTail: Double
  }
  struct Sample: Decodable, Sendable {
    let values, shares, quantiles: [Double]
  }
  struct Classification: Decodable, Sendable {
    let labels, answers, support: [Int]
    let probabilities, confusion: [[Int]]
    let scale: Int
    let accuracy, balancedAccuracy, macroF1, logLoss, calibrationError: Double
    let precision, recall, f1: [Double?]
  }
  let proportions: [Proportion]
  let binomials: [Binomial]
  let poisson: [Poisson]
  let quantiles: [Quantile]
  let sample: Sample
  let classification: Classification

  static let shared: StatisticsFixture = {
    let path = Repository.fixtures.appending("statistics.json")
    let bytes = try! TextFile.bytes(of: path)
    return try! JSONDecoder().decode(StatisticsFixture.self, from: Data(bytes))
  }()
}

/// SplitMix64 (Steele, Lea and Flood 2014): enough chance for a test, the same in every run.
struct TestGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  /// Uniform in 0..<1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}

/// Whether two figures agree to a relative (or, near 0, absolute) difference.
func agrees(_ value: Double, _ expected: Double, within tolerance: Double) -> Bool {
  abs(value - expected) <= tolerance * max(abs(expected), 1e-3)
}
