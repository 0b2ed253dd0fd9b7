/// Raises high frequencies: x[n] - k x[n-1], in place.
struct PreEmphasis: Stage {
  private let coefficient: Double
  private let isPrecise: Bool
  /// Whether it runs over the whole clip before framing, instead of over each frame.
  let coversClip: Bool

  /// Nil if the filter is off.
  init?(_ options: FrontEndOptions) {
    guard options.preEmphasis != 0 else { return nil }
    coefficient = options.preEmphasis
    isPrecise = options.precision == .double
    coversClip = options.preEmphasisScope == .clip
  }

  /// If it runs over the clip, the first frame of a window depends on the sample before the window.
  var lookahead: Lookahead {
    coversClip
      ? .wholeClip(option: "preEmphasisScope", value: PreEmphasisScope.clip.rawValue) : .frames(0)
  }

  /// Filters one frame by itself; its first sample is repeated before it: x[0] - k x[0].
  func apply(toFrame frame: inout MutableSpan<Float>) {
    if frame.isEmpty { return }
    var previous = frame[0]
    for n in frame.indices {
      let current = frame[n]
      frame[n] = difference(current, previous)
      previous = current
    }
  }

  /// Filters a whole clip; its first sample stays unchanged.
  func apply(toClip clip: inout [Float]) {
    for n in clip.indices.dropFirst().reversed() { clip[n] = difference(clip[n], clip[n - 1]) }
  }

  private func difference(_ current: Float, _ previous: Float) -> Float {
    isPrecise
      ? Float(Double(current) - coefficient * Double(previous))
      : current - Float(coefficient) * previous
  }
}
