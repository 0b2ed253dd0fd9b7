/// Mean and deviation of each feature over the training clips: x becomes (x - mean) / deviation.
public struct FeatureNormalization: Equatable, Sendable {
  /// (F): mean of each feature.
  public var mean: [Float]
  /// (F): standard deviation of each feature, above 0.
  public var deviation: [Float]

  /// Wraps stored values, one of each per feature.
  public init(mean: [Float], deviation: [Float]) {
    precondition(
      mean.count == deviation.count, "\(mean.count) means and \(deviation.count) deviations")
    self.mean = mean
    self.deviation = deviation
  }

  /// Normalises (T, F) values in place.
  public func apply(to features: inout Features) {
    precondition(
      features.featureCount == mean.count,
      "\(features.featureCount) features and \(mean.count) means")
    let scale = deviation.map { 1 / $0 }
    for frame in 0..<features.frameCount {
      let start = frame * mean.count
      for index in mean.indices {
        let centred = features.values[start + index] - mean[index]
        features.values[start + index] = centred * scale[index]
      }
    }
  }
}

extension FeatureNormalization: Stage {
  var lookahead: Lookahead { .frames(0) }
}

extension FeatureNormalization: Codable {
  private enum CodingKeys: CodingKey {
    case mean, deviation
  }

  /// Reads stored values.
  /// - Throws: ``FrontEndError`` if training cannot have made them, `DecodingError` for wrong
  ///   types.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let mean = try values.decode([Float].self, forKey: .mean)
    let deviation = try values.decode([Float].self, forKey: .deviation)
    guard mean.count == deviation.count, !mean.isEmpty else {
      throw FrontEndError.invalidOption(
        name: "normalization", problem: "\(mean.count) means and \(deviation.count) deviations")
    }
    for (index, pair) in zip(mean, deviation).enumerated() {
      // A deviation is also invalid if its inverse is infinite.
      guard pair.0.isFinite, pair.1 > 0, pair.1.isFinite, (1 / pair.1).isFinite else {
        throw FrontEndError.invalidOption(
          name: "normalization", problem: "feature \(index) has mean \(pair.0), deviation \(pair.1)"
        )
      }
    }
    self.init(mean: mean, deviation: deviation)
  }
}

extension FeatureNormalization {
  /// Computes mean and deviation over many clips, one after the other.
  public struct Accumulator: Sendable {
    /// Number of frames added.
    public private(set) var frameCount = 0
    // Welford's running sums in Double, without cancellation for any number of frames.
    private var mean: [Double]
    private var squares: [Double]

    /// An accumulator without frames.
    public init(featureCount: Int) {
      mean = [Double](repeating: 0, count: featureCount)
      squares = mean
    }

    /// Adds the frames of one clip.
    public mutating func add(_ features: Features) {
      precondition(
        features.featureCount == mean.count,
        "\(features.featureCount) features where \(mean.count) were expected")
      for frame in 0..<features.frameCount {
        frameCount += 1
        let start = frame * mean.count
        for index in mean.indices {
          let value = Double(features.values[start + index])
          let distance = value - mean[index]
          mean[index] += distance / Double(frameCount)
          squares[index] += distance * (value - mean[index])
        }
      }
    }

    /// Adds the frames of another accumulator (Chan, Golub and LeVeque 1979).
    public mutating func merge(_ other: Accumulator) {
      precondition(
        mean.count == other.mean.count, "\(other.mean.count) features where \(mean.count) were")
      let total = frameCount + other.frameCount
      guard other.frameCount > 0 else { return }
      let share = Double(other.frameCount) / Double(total)
      for index in mean.indices {
        let distance = other.mean[index] - mean[index]
        mean[index] += distance * share
        squares[index] += other.squares[index] + distance * distance * share * Double(frameCount)
      }
      frameCount = total
    }

    /// Mean and deviation of all frames; a constant feature gets the deviation 1.
    public func normalization() -> FeatureNormalization {
      precondition(frameCount > 0, "a normalisation needs at least 1 frame, not 0")
      let deviation = squares.map { (sum: Double) -> Float in
        let value = (sum / Double(frameCount)).squareRoot()
        return value > 1e-6 ? Float(value) : 1
      }
      return FeatureNormalization(mean: mean.map { Float($0) }, deviation: deviation)
    }
  }
}
