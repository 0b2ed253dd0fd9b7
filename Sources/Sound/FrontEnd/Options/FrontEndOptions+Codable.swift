extension FrontEndOptions: Codable {
  /// The JSON keys, one a property.
  enum CodingKeys: String, CodingKey, CaseIterable {
    case sampleRate, amplitude, levelDecibels, levelFloorDecibels
    case framing, windowLength, hopLength, fftLength
    case removesOffset, preEmphasis, preEmphasisScope, window
    case precision, spectrum, binWidth, firstBin, lastBin
    case melBands, lowFrequency, highFrequency, melScale, melTriangles
    case melPrecision, melNormalization, allowsEmptyBands
    case logarithm, logFloor, logFloorRule, logRange
    case coefficients, cosineScale, lifter, lifterStart, energy, zerothLast
    case deltaOrder, deltaRule, deltaReach, subtractsClipMean
  }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Reads every key, and no others: a stored recipe never falls back on a default.
  /// - Throws: ``FrontEndError`` for missing, unknown or senseless values, `DecodingError` for types.
  public init(from decoder: any Decoder) throws {
    let found = Set(try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue))
    let known = CodingKeys.allCases.map(\.stringValue)
    let missing = known.filter { !found.contains($0) }
    let unknown = found.subtracting(known).sorted()
    guard missing.isEmpty, unknown.isEmpty else {
      throw FrontEndError.keys(missing: missing, unknown: unknown)
    }
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func value<Value: Decodable>(_ key: CodingKeys) throws -> Value {
      try values.decode(Value.self, forKey: key)
    }
    sampleRate = try value(.sampleRate)
    amplitude = try value(.amplitude)
    levelDecibels = try value(.levelDecibels)
    levelFloorDecibels = try value(.levelFloorDecibels)
    framing = try value(.framing)
    windowLength = try value(.windowLength)
    hopLength = try value(.hopLength)
    fftLength = try value(.fftLength)
    removesOffset = try value(.removesOffset)
    preEmphasis = try value(.preEmphasis)
    preEmphasisScope = try value(.preEmphasisScope)
    window = try value(.window)
    precision = try value(.precision)
    spectrum = try value(.spectrum)
    binWidth = try value(.binWidth)
    firstBin = try value(.firstBin)
    lastBin = try value(.lastBin)
    melBands = try value(.melBands)
    lowFrequency = try value(.lowFrequency)
    highFrequency = try value(.highFrequency)
    melScale = try value(.melScale)
    melTriangles = try value(.melTriangles)
    melPrecision = try value(.melPrecision)
    melNormalization = try value(.melNormalization)
    allowsEmptyBands = try value(.allowsEmptyBands)
    logarithm = try value(.logarithm)
    logFloor = try value(.logFloor)
    logFloorRule = try value(.logFloorRule)
    logRange = try value(.logRange)
    coefficients = try value(.coefficients)
    cosineScale = try value(.cosineScale)
    lifter = try value(.lifter)
    lifterStart = try value(.lifterStart)
    energy = try value(.energy)
    zerothLast = try value(.zerothLast)
    deltaOrder = try value(.deltaOrder)
    deltaRule = try value(.deltaRule)
    deltaReach = try value(.deltaReach)
    subtractsClipMean = try value(.subtractsClipMean)
    try validate()
  }

  /// Writes every key; what is off is null.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(sampleRate, forKey: .sampleRate)
    try values.encode(amplitude, forKey: .amplitude)
    try values.encode(levelDecibels, forKey: .levelDecibels)
    try values.encode(levelFloorDecibels, forKey: .levelFloorDecibels)
    try values.encode(framing, forKey: .framing)
    try values.encode(windowLength, forKey: .windowLength)
    try values.encode(hopLength, forKey: .hopLength)
    try values.encode(fftLength, forKey: .fftLength)
    try values.encode(removesOffset, forKey: .removesOffset)
    try values.encode(preEmphasis, forKey: .preEmphasis)
    try values.encode(preEmphasisScope, forKey: .preEmphasisScope)
    try values.encode(window, forKey: .window)
    try values.encode(precision, forKey: .precision)
    try values.encode(spectrum, forKey: .spectrum)
    try values.encode(binWidth, forKey: .binWidth)
    try values.encode(firstBin, forKey: .firstBin)
    try values.encode(lastBin, forKey: .lastBin)
    try values.encode(melBands, forKey: .melBands)
    try values.encode(lowFrequency, forKey: .lowFrequency)
    try values.encode(highFrequency, forKey: .highFrequency)
    try values.encode(melScale, forKey: .melScale)
    try values.encode(melTriangles, forKey: .melTriangles)
    try values.encode(melPrecision, forKey: .melPrecision)
    try values.encode(melNormalization, forKey: .melNormalization)
    try values.encode(allowsEmptyBands, forKey: .allowsEmptyBands)
    try values.encode(logarithm, forKey: .logarithm)
    try values.encode(logFloor, forKey: .logFloor)
    try values.encode(logFloorRule, forKey: .logFloorRule)
    try values.encode(logRange, forKey: .logRange)
    try values.encode(coefficients, forKey: .coefficients)
    try values.encode(cosineScale, forKey: .cosineScale)
    try values.encode(lifter, forKey: .lifter)
    try values.encode(lifterStart, forKey: .lifterStart)
    try values.encode(energy, forKey: .energy)
    try values.encode(zerothLast, forKey: .zerothLast)
    try values.encode(deltaOrder, forKey: .deltaOrder)
    try values.encode(deltaRule, forKey: .deltaRule)
    try values.encode(deltaReach, forKey: .deltaReach)
    try values.encode(subtractsClipMean, forKey: .subtractsClipMean)
  }
}
