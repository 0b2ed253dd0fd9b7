import Glibc
import Testing

@testable import Listening

/// How loud the sound is, and what is wrong with it.
@Suite struct LevelTests {
  private func sine(_ amplitude: Float, seconds: Double) -> [Float] {
    (0..<Int(seconds * 1_000)).map { amplitude * sinf(Float($0) * 0.7) }
  }

  @Test func theMeterShowsTheLastTenth() {
    var level = InputLevel(samplesPerSecond: 1_000)
    #expect(level.decibels == -96 && level.meanDecibels == -96)
    level.add(sine(1, seconds: 1))
    #expect(abs(level.decibels + 3) < 0.2 && abs(level.meanDecibels + 3) < 0.1)
    level.add([Float](repeating: 0, count: 999))
    #expect(level.decibels == -96 && abs(level.meanDecibels + 6) < 0.1)
  }

  /// Each fault once, and again after a minute; pieces do not matter.
  @Test func faultsAreTold() {
    func faults(_ samples: [Float], piece: Int) -> [LevelWatch.Fault] {
      var watch = LevelWatch(samplesPerSecond: 1_000)
      return stride(from: 0, to: samples.count, by: piece).compactMap {
        watch.add(Array(samples[$0..<min(samples.count, $0 + piece)]))
      }
    }
    let zeros = [Float](repeating: 0, count: 3_000)
    let flat = (0..<3_000).map { 0.2 + Float($0 % 2) / 32_768 }
    let loud = sine(1.3, seconds: 3).map { max(-1, min(1, $0)) }
    let fine = sine(0.5, seconds: 3)
    for piece in [1, 170, 100_000] {
      #expect(faults(fine + zeros + zeros + fine, piece: piece) == [.zero])
      #expect(faults(flat + fine + loud, piece: 170) == [.flat, .clipped])
    }
    #expect(faults(zeros + fine + zeros, piece: 100) == [.zero])
    let minute = zeros + Array(repeating: fine, count: 20).flatMap(\.self) + zeros
    #expect(faults(minute, piece: 100) == [.zero, .zero])
    // A quiet microphone is no fault.
    #expect(faults(sine(0.0003, seconds: 3), piece: 100).isEmpty)
    // Nor is one loud moment: two samples of 3,000.
    var moment = fine
    (moment[100], moment[101]) = (1, -1)
    #expect(faults(moment, piece: 100).isEmpty)
  }
}
