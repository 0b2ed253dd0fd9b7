/// Where the frames of a clip start, and which samples are assumed outside the clip.
struct FramePlan: Stage {
  private let framing: Framing
  private let window: Int
  private let hop: Int
  private let reach: Int

  init(_ options: FrontEndOptions) {
    framing = options.framing
    window = options.windowLength
    hop = options.hopLength
    reach = options.fftLength / 2
  }

  /// Frames that extend over the clip's edges depend on where it starts and ends.
  var lookahead: Lookahead {
    framing == .snip ? .frames(0) : .wholeClip(option: "framing", value: framing.rawValue)
  }

  /// The smallest number of samples for this framing.
  var leastSamples: Int {
    switch framing {
    case .snip, .centredZeros: 0
    // A mirror image cannot be longer than the clip.
    case .centredMirror: reach + 1
    case .padded: 1
    }
  }

  /// Number of frames, T, of a clip that has at least `leastSamples`.
  func frameCount(_ samples: Int) -> Int {
    switch framing {
    case .snip: samples < window ? 0 : 1 + (samples - window) / hop
    case .centredZeros, .centredMirror: 1 + samples / hop
    case .padded: samples <= window ? 1 : 1 + (samples - window + hop - 1) / hop
    }
  }

  /// The samples of frame t; nil if some lie outside the clip.
  func range(frame t: Int, samples: Int) -> Range<Int>? {
    let start = start(frame: t)
    return start >= 0 && start + window <= samples ? start..<start + window : nil
  }

  private func start(frame t: Int) -> Int {
    switch framing {
    case .snip, .padded: t * hop
    // An odd window has its extra sample before the centre, as in librosa and PyTorch.
    case .centredZeros, .centredMirror: t * hop - (window + 1) / 2
    }
  }

  /// Copies the samples of frame t, with the assumed values outside the clip.
  func copy(frame t: Int, of samples: Span<Float>, into frame: inout MutableSpan<Float>) {
    if let range = range(frame: t, samples: samples.count) {
      for n in 0..<window { frame[n] = samples[range.lowerBound + n] }
      return
    }
    let start = start(frame: t)
    for n in 0..<window {
      var place = start + n
      if framing == .centredMirror {
        place = abs(place)
        if place >= samples.count { place = 2 * (samples.count - 1) - place }
      }
      frame[n] = samples.indices.contains(place) ? samples[place] : 0
    }
  }
}
