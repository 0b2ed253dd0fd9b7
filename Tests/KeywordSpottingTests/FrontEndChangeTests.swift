import Testing

@testable import Sound

/// `--front-end`: any number of the recipe by its name.
@Suite struct FrontEndChangeTests {
  @Test func numbersAreReplacedByName() throws {
    var options = FrontEndOptions(preset: .kaldi, sampleRate: 16_000)
    try options.change(json: "{\"preEmphasis\":0.5,\"lifter\":0,\"window\":\"hann\"}")
    var expected = FrontEndOptions(preset: .kaldi, sampleRate: 16_000)
    expected.preEmphasis = 0.5
    expected.lifter = 0
    expected.window = .hann
    #expect(options == expected)
  }

  @Test(arguments: [
    ("{\"preEmphasi\":1}", "no number named"), ("[1]", "expected a JSON object"),
    ("{\"melBands\":\"many\"}", "melBands"), ("{\"sampleRate\":8000}", "sample rate"),
    ("{", "not valid JSON"),
  ])
  func wrongChangesAreNamed(_ json: String, _ words: String) {
    var options = FrontEndOptions(preset: .kws, sampleRate: 16_000)
    let problem = #expect(throws: (any Error).self) { try options.change(json: json) }
    #expect("\(problem.map { "\($0)" } ?? "")".contains(words), "\(String(describing: problem))")
  }

  /// Its own window length must not change a preset: the setter once reset the Fourier bins.
  @Test(arguments: FrontEndPreset.allCases)
  func aPresetsOwnLengthsChangeNothing(_ preset: FrontEndPreset) {
    var options = FrontEndOptions(preset: preset, sampleRate: 16_000)
    options.windowMilliseconds = options.windowMilliseconds
    options.hopMilliseconds = options.hopMilliseconds
    #expect(options == FrontEndOptions(preset: preset, sampleRate: 16_000))
  }
}
