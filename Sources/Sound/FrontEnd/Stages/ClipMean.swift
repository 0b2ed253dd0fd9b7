/// Subtracts each feature's mean over the clip: a fixed channel or voice colour drops out.
struct ClipMean: Stage {
  /// Nil when the options leave the mean in.
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
