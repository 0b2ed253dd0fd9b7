// Written by hand, because synthesised code would read a missing key as null.

extension ListeningRule.Conditions: Codable {
  private enum CodingKeys: String, CodingKey {
    case threshold, releaseShare, leastWindows, refractorySeconds
  }

  /// Reads the conditions; every key must be there.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    threshold = try values.decode(Float?.self, forKey: .threshold)
    releaseShare = try values.decode(Float.self, forKey: .releaseShare)
    leastWindows = try values.decode(Int.self, forKey: .leastWindows)
    refractorySeconds = try values.decode(Double.self, forKey: .refractorySeconds)
  }

  /// Writes every key; null if the threshold is the decision's.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(threshold, forKey: .threshold)
    try values.encode(releaseShare, forKey: .releaseShare)
    try values.encode(leastWindows, forKey: .leastWindows)
    try values.encode(refractorySeconds, forKey: .refractorySeconds)
  }
}

extension ListeningRule: Codable {
  private enum CodingKeys: String, CodingKey {
    case smoothing, prior, mustBeLikeliest, settleSeconds, conditions, keywords
  }

  /// Reads a rule; every key must be there, but for a prior that is not the decision's.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    smoothing = try values.decode(Int.self, forKey: .smoothing)
    prior = try values.decodeIfPresent(PriorTarget.self, forKey: .prior)
    mustBeLikeliest = try values.decode(Bool.self, forKey: .mustBeLikeliest)
    settleSeconds = try values.decode(Double?.self, forKey: .settleSeconds)
    conditions = try values.decode(Conditions.self, forKey: .conditions)
    keywords = try values.decode([String: Conditions].self, forKey: .keywords)
  }

  /// Writes every key, but for a prior that is the decision's; null if the decision waits for the
  /// event's end.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(smoothing, forKey: .smoothing)
    try values.encodeIfPresent(prior, forKey: .prior)
    try values.encode(mustBeLikeliest, forKey: .mustBeLikeliest)
    try values.encode(settleSeconds, forKey: .settleSeconds)
    try values.encode(conditions, forKey: .conditions)
    try values.encode(keywords, forKey: .keywords)
  }
}
