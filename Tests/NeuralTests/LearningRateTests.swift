import Testing

@testable import Neural

@Suite struct LearningRateTests {
  @Test func constant() {
    #expect(LearningRateSchedule.constant.factor(at: 0) == 1)
    #expect(LearningRateSchedule.constant.factor(at: 1_000_000) == 1)
  }

  @Test func steps() {
    let schedule = LearningRateSchedule.step(interval: 10, factor: 0.5)
    #expect([0, 9, 10, 19, 20].map { schedule.factor(at: $0) } == [1, 1, 0.5, 0.5, 0.25])
  }

  /// Half a cosine over steps 4 to 12: at a quarter of it (1 + cos 45 degrees) / 2.
  @Test func cosineWithWarmUp() {
    let schedule = LearningRateSchedule.cosine(warmUp: 4, total: 12, floor: 0.2)
    #expect([0, 1, 2, 3, 4].map { schedule.factor(at: $0) } == [0.25, 0.5, 0.75, 1, 1])
    #expect(abs(schedule.factor(at: 6) - (0.2 + 0.8 * 0.853_553_390_593_273_8)) < 1e-12)
    #expect(abs(schedule.factor(at: 8) - 0.6) < 1e-12)
    #expect([12, 13, 100].map { schedule.factor(at: $0) } == [0.2, 0.2, 0.2])
  }

  @Test func cosineWithoutWarmUp() {
    let schedule = LearningRateSchedule.cosine(warmUp: 0, total: 2, floor: 0)
    #expect(schedule.factor(at: 0) == 1)
    #expect(abs(schedule.factor(at: 1) - 0.5) < 1e-12)
    #expect(schedule.factor(at: 2) == 0)
  }

  @Test func plateauReducesAfterPatience() {
    var plateau = ReduceOnPlateau(reduction: 0.5, patience: 2, floor: 0.2)
    for figure in [1.0, 0.9, 0.9, 0.95] { plateau.report(figure) }
    #expect(plateau.factor == 1)
    plateau.report(0.89999)  // Less than a 10,000th better.
    #expect(plateau.factor == 0.5)
    plateau.report(0.5)
    for _ in 0..<3 { plateau.report(.nan) }
    #expect(plateau.factor == 0.25)
    for _ in 0..<3 { plateau.report(0.6) }
    #expect(plateau.factor == 0.2)
  }
}
