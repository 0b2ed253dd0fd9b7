/// The second half of the front end: turns the static frames of a clip or window into its features.
///
/// All its stages depend on where the window starts and ends.
struct WindowAnalysis {
  private let deltas: Deltas
  private let clipMean: ClipMean?
  private let normalization: FeatureNormalization?
  private let featureCount: Int

  init(_ options: FrontEndOptions, _ normalization: FeatureNormalization?) {
    deltas = Deltas(options)
    clipMean = ClipMean(options)
    self.normalization = normalization
    featureCount = options.featureCount
  }

  /// The stages in the order in which they run.
  var stages: [any Stage] {
    let all: [(any Stage)?] = [deltas, clipMean, normalization]
    return all.compactMap(\.self)
  }

  /// Turns (T, C) static frames into (T, F) features.
  func features(of frames: StaticFrames, in range: Range<Int>) throws(FrontEndError) -> Features {
    let width = frames.coefficients
    let rows = Array(frames.values[range.lowerBound * width..<range.upperBound * width])
    var values = try deltas.appended(to: rows, width: width)
    clipMean?.subtract(from: &values, width: featureCount)
    var features = Features(frameCount: range.count, featureCount: featureCount, values: values)
    normalization?.apply(to: &features)
    return features
  }
}
