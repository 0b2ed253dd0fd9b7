import Testing

@testable import Sound

/// Deltas against three libraries; made by Fixtures/make/mfcc_golden.py.
@Suite struct DeltaTests {
  @Test(arguments: [
    ("librosa", DeltaRule.savitzkyGolay, 4), ("psf", .regression, 2),
    ("torchaudio", .regression, 2),
  ]) func agreesWithTheLibrary(library: String, rule: DeltaRule, reach: Int) throws {
    let golden = try Npy(Fixtures.folder.appending(path: "mfcc/deltas-\(library).npy"))
    let width = golden.columns / 3
    let features = (0..<golden.rows).flatMap { t in golden.rows(t..<t + 1).prefix(width) }
    for order in 0...2 {
      var options = FrontEndOptions()
      (options.deltaRule, options.deltaReach, options.deltaOrder) = (rule, reach, order)
      let ours = try Deltas(options).appended(to: features, width: width)
      let columns = width * (order + 1)
      #expect(ours.count == golden.rows * columns)
      for t in 0..<golden.rows {
        for k in 0..<columns {
          let difference = abs(ours[t * columns + k] - golden.rows(t..<t + 1)[k])
          // Single precision, of values up to 30.
          #expect(difference < 1e-5, "order \(order), frame \(t), column \(k)")
        }
      }
    }
  }

  @Test func tooFewFramesForTheFilterAreTold() throws {
    var options = FrontEndOptions(preset: .librosa, sampleRate: 16_000)
    options.deltaOrder = 1
    let frontEnd = try FrontEnd(options)
    #expect(throws: FrontEndError.tooFewFrames(frames: 8, needed: 9)) {
      try frontEnd.features(of: [Float](repeating: 0, count: 7 * 512))
    }
    #expect(try frontEnd.features(of: [Float](repeating: 0, count: 8 * 512)).featureCount == 40)
    options.deltaRule = .regression
    #expect(try FrontEnd(options).features(of: []).frameCount == 1)
  }
}
