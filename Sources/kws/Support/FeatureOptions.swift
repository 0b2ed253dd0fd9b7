import ArgumentParser
import KeywordSpotting

/// Options of the front end; all others come from the preset.
struct FeatureOptions: ParsableArguments {
  @Option(help: "Preset to start from.") var preset = FrontEndPreset.kws
  @Option(help: "Sample rate to work at, in Hz (default: the clips', at most 16000).")
  var rate: Int?
  @Option(help: "Length of one analysis window, in milliseconds.") var windowMs: Double?
  @Option(help: "Hop from frame to frame, in milliseconds.") var hopMs: Double?
  @Option(help: "Mel bands.") var melBands: Int?
  @Option(help: "Number of cepstral coefficients.") var coefficients: Int?
  @Option(help: "0 (none), 1 (deltas) or 2 (also deltas of deltas).") var deltas: Int?
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Subtract each clip's mean from every coefficient (train: with under 100 speakers).")
  var clipMean: Bool?
  @Option(
    parsing: .unconditional,
    help: "Scale each clip to this root mean square, in dB of full scale, such as -26.")
  var level: Double?

  @Option(
    help: ArgumentHelp(
      "Any options of the front end, such as '{\"preEmphasis\":0.97,\"window\":\"hamming\"}'.",
      discussion: "kws info lists all of them.", valueName: "json"))
  var frontEnd: String?

  func validate() throws {
    for (name, value) in [("--window-ms", windowMs), ("--hop-ms", hopMs)] {
      if let value, !(value > 0 && value <= 60_000) {
        throw ValidationError("\(name) must lie above 0 and at most at 60,000, not at \(value)")
      }
    }
    guard let frontEnd else { return }
    do {
      var options = FrontEndOptions(preset: preset, sampleRate: rate ?? 16_000)
      try options.change(json: frontEnd)
    } catch { throw ValidationError("--front-end: \(error)") }
  }

  /// The name of the first of these options that was given.
  var firstGiven: String? {
    let given: [(name: String, isGiven: Bool)] = [
      ("--preset", preset != .kws), ("--rate", rate != nil), ("--window-ms", windowMs != nil),
      ("--hop-ms", hopMs != nil), ("--mel-bands", melBands != nil),
      ("--coefficients", coefficients != nil), ("--deltas", deltas != nil),
      ("--clip-mean", clipMean != nil), ("--level", level != nil), ("--front-end", frontEnd != nil),
    ]
    return given.first(where: \.isGiven)?.name
  }

  /// Applies the changes to a preset's options.
  var adjust: @Sendable (inout FrontEndOptions) -> Void {
    let (windowMs, hopMs, melBands, coefficients) = (windowMs, hopMs, melBands, coefficients)
    let (deltas, clipMean, level, frontEnd) = (deltas, clipMean, level, frontEnd)
    return { options in
      if let windowMs { options.windowMilliseconds = windowMs }
      if let hopMs { options.hopMilliseconds = hopMs }
      if let melBands { options.melBands = melBands }
      if let coefficients { options.coefficients = coefficients }
      options.coefficients = coefficients ?? min(options.coefficients, options.melBands)
      if let deltas { options.deltaOrder = deltas }
      if let clipMean { options.subtractsClipMean = clipMean }
      if let level { options.levelDecibels = level }
      // Errors were reported by validate().
      if let frontEnd { try? options.change(json: frontEnd) }
    }
  }
}
