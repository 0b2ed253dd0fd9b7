extension ThresholdChoice {
  /// The target of a threshold.
  ///
  /// The lowest threshold that meets it is chosen, or the highest for false rejects.
  ///
  /// In JSON: `kind`, the name of the case, and `limit`.
  public enum Target: Equatable, Sendable {
    /// Alarms of all keywords per hour of audio without keywords; each keyword gets an equal share.
    case falseAlarmsPerHour(Double)
    /// Share of a keyword's clips that may be below its threshold.
    case falseRejects(Double)
    /// Share of all other clips that may reach a keyword's threshold.
    case falseAccepts(Double)
  }
}

extension ThresholdChoice.Target: Codable {
  private enum Kind: String, Codable {
    case falseAlarmsPerHour, falseRejects, falseAccepts
  }

  private enum CodingKeys: String, CodingKey {
    case kind, limit
  }

  /// Reads `kind` and `limit`.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let limit = try values.decode(Double.self, forKey: .limit)
    self =
      switch try values.decode(Kind.self, forKey: .kind) {
      case .falseAlarmsPerHour: .falseAlarmsPerHour(limit)
      case .falseRejects: .falseRejects(limit)
      case .falseAccepts: .falseAccepts(limit)
      }
  }

  /// Writes `kind` and `limit`.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    let (kind, limit): (Kind, Double) =
      switch self {
      case .falseAlarmsPerHour(let limit): (.falseAlarmsPerHour, limit)
      case .falseRejects(let limit): (.falseRejects, limit)
      case .falseAccepts(let limit): (.falseAccepts, limit)
      }
    try values.encode(kind, forKey: .kind)
    try values.encode(limit, forKey: .limit)
  }
}
