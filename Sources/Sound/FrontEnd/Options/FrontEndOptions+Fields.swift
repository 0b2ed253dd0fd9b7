import Basics

extension FrontEndOptions {
  /// A line for each property: its JSON key, its range and unit.
  ///
  /// Reading, writing, checking and changes by name use this table. The line of a new option ends
  /// in `added: (inFormat: 2, before: value)`, with a format one above the newest so far, and the
  /// value that older models imply.
  static let stored = StoredFields<FrontEndOptions>(
    "front end",
    fields: [
      .number("sampleRate", \.sampleRate, in: 1_000...768_000, "Hz"),
      .number("amplitude", \.amplitude, in: 1e-6...1e6),
      .number("levelDecibels", \.levelDecibels, in: -100...0, "dB"),
      .number("levelFloorDecibels", \.levelFloorDecibels, in: -200...0, "dB"),

      .choice("framing", \.framing),
      .number("windowLength", \.windowLength, in: 1...65_536, "samples"),
      .number("hopLength", \.hopLength, in: 1...65_536, "samples"),
      .number("fftLength", \.fftLength, in: 2...65_536, "samples"),
      .choice("removesOffset", \.removesOffset),
      .number("preEmphasis", \.preEmphasis, in: 0...1),
      .choice("preEmphasisScope", \.preEmphasisScope),
      .choice("window", \.window),

      .choice("precision", \.precision),
      .choice("spectrum", \.spectrum),
      .number("binWidth", \.binWidth, in: 0...384_000, "Hz"),
      .number("firstBin", \.firstBin, in: 0...32_768),
      .number("lastBin", \.lastBin, in: 0...32_768),
      .number("melBands", \.melBands, in: 1...1_024),
      .number("lowFrequency", \.lowFrequency, in: 0...384_000, "Hz"),
      .number("highFrequency", \.highFrequency, in: 0...384_000, "Hz"),
      .choice("melScale", \.melScale),
      .choice("melTriangles", \.melTriangles),
      .choice("melPrecision", \.melPrecision),
      .choice("melNormalization", \.melNormalization),
      .choice("allowsEmptyBands", \.allowsEmptyBands),

      .choice("logarithm", \.logarithm),
      .number("logFloor", \.logFloor, in: 1e-30...1e6),
      .choice("logFloorRule", \.logFloorRule),
      .number("logRange", \.logRange, in: 1e-3...1e6),

      .number("coefficients", \.coefficients, in: 1...1_024),
      .choice("cosineScale", \.cosineScale),
      .number("lifter", \.lifter, in: 0...1e4),
      .choice("lifterStart", \.lifterStart),
      .choice("energy", \.energy),
      .choice("zerothLast", \.zerothLast),

      .number("deltaOrder", \.deltaOrder, in: 0...2),
      .choice("deltaRule", \.deltaRule),
      .number("deltaReach", \.deltaReach, in: 1...100, "frames"),
      .choice("subtractsClipMean", \.subtractsClipMean),
    ])
}

extension FrontEndOptions: Codable {
  /// Reads exactly the keys of the table: stored options never get a default for a missing key.
  /// - Throws: ``FrontEndError`` for missing, unknown or invalid values, `DecodingError` for wrong
  ///   types.
  public init(from decoder: any Decoder) throws {
    try Self.stored.read(&self, from: decoder)
    try validate()
  }

  /// Writes every key; an option that is off is null.
  public func encode(to encoder: any Encoder) throws {
    try Self.stored.write(self, to: encoder)
  }
}
