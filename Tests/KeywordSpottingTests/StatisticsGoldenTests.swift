import Testing

@testable import Statistics

/// Double rounding of a few dozen operations stays far below 1e-9; scipy's own roots are solved to
/// about 1e-12.
@Suite struct StatisticsGoldenTests {
  private let fixture = StatisticsFixture.shared
  private let tolerance = 1e-9

  @Test func intervalsOfShares() {
    #expect(fixture.proportions.count == 16)
    for row in fixture.proportions {
      let wilson = Proportion.wilson(row.successes, of: row.trials, confidence: row.confidence)
      #expect(agrees(wilson.lowerBound, row.wilson[0], within: tolerance), "\(row)")
      #expect(agrees(wilson.upperBound, row.wilson[1], within: tolerance), "\(row)")
    }
  }

  @Test func binomialTests() {
    #expect(fixture.binomials.count == 10)
    for row in fixture.binomials {
      #expect(row.pValues.count == 3)
      for (alternative, expected) in zip(
        [.twoSided, .less, .greater] as [Alternative], row.pValues)
      {
        let value = BinomialTest.pValue(
          row.successes, of: row.trials, chance: row.chance, alternative: alternative)
        #expect(agrees(value, expected, within: tolerance), "\(row) \(alternative) \(value)")
      }
    }
  }

  /// McNemar's exact test is the binomial test with a half: `binomtest(1, 6).pvalue` is 0.21875.
  @Test func mcNemar() {
    #expect(McNemar.pValue(onlyFirst: 0, onlySecond: 0) == 1)
    #expect(agrees(McNemar.pValue(onlyFirst: 1, onlySecond: 5), 0.21875, within: tolerance))
    #expect(agrees(McNemar.pValue(onlyFirst: 5, onlySecond: 1), 0.21875, within: tolerance))
    let less = McNemar.pValue(onlyFirst: 1, onlySecond: 5, alternative: .less)
    #expect(agrees(less, 7.0 / 64, within: tolerance))
    #expect(McNemar.pValue(onlyFirst: 4, onlySecond: 4) == 1)
  }

  @Test func poissonBounds() {
    #expect(fixture.poisson.count == 10)
    for row in fixture.poisson {
      let value = PoissonRate.upperBound(
        events: row.events, exposure: row.exposure, confidence: row.confidence)
      #expect(agrees(value, row.upper, within: tolerance), "\(row) \(value)")
    }
    // The issue's own example: none in 11 h is fewer than 0.273 an hour.
    #expect(agrees(PoissonRate.upperBound(events: 0, exposure: 11), 0.27234, within: 1e-4))
  }

  @Test func quantiles() {
    let ramp = (0...1_000).map { Double($0) / 1_000 }
    for row in fixture.quantiles {
      let t = SpecialFunctions.studentQuantile(0.975, degrees: row.degrees)
      #expect(agrees(t, row.student, within: tolerance), "\(row) \(t)")
      // Of values that rise evenly from 0 to 1 the lower bound is the tail, which magnifies the error of t.
      let tail = ClusterBootstrap.interval(of: ramp, clusters: Int(row.degrees) + 1)!.lowerBound
      #expect(abs(tail - row.expandedTail) <= 1e-7 * row.expandedTail, "\(row) \(tail)")
    }
    let sorted = fixture.sample.values.sorted()
    #expect(fixture.sample.shares.count == fixture.sample.quantiles.count && !sorted.isEmpty)
    for (share, expected) in zip(fixture.sample.shares, fixture.sample.quantiles) {
      #expect(agrees(ClusterBootstrap.quantile(sorted, share), expected, within: tolerance))
    }
  }
}
