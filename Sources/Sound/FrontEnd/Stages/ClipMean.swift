/// Subtracts each feature's mean over the clip, which removes the effect of a fixed channel.
struct ClipMean: Stage {
  /// Nil if the options keep the mean.
  init?(_ options: FrontEndOptions) {
    guard options.subtractsClipMean else { return nil }
  }

  var lookahead: Lookahead { .wholeClip(option: "subtractsClipMean", value: "true") }

  /// (T, F), in place.
  func subtract(from values: inout [Float], width: Int) {
    let frames = values.count / width
    guard frames > 0 else { return }
    for k in 0..<width {
      var sum = 0.0
      for t in 0..<frames { sum += Double(values[t * width + k]) }
      let mean = Float(sum / Double(frames))
      for t in 0..<frames { values[t * width + k] -= mean }
    }
  }
}
