import Sound

/// Cuts a stream of samples into a model's windows and computes the features of each.
///
/// Every frame is computed once and shared by overlapping windows; slopes and clip mean, which
/// depend on a window's edges, are computed for each window. If the front end needs the whole
/// window (centred framing, a level), every window is computed separately. In both cases the
/// features are equal, bit for bit, to those of the window's samples alone, for any division into
/// pieces.
package struct WindowStream {
  /// One window.
  package struct Window: Sendable {
    /// The range of its samples, counted from the start of the stream.
    package var range: Range<Int>
    /// (T, F); no frames where the gate leaves the window out.
    package var features: Features
    /// Whether the gate leaves the window out.
    package var isQuiet = false
  }

  private let frontEnd: FrontEnd
  private let window: ClipWindow
  private let gate: EnergyGate?
  /// Length of a full window, in samples.
  private let length: Int
  /// The hops in samples, from one window to the next and from one frame to the next.
  private let (hop, frameHop): (Int, Int)
  /// Number of frames of a full window.
  private let frameCount: Int

  /// Start of the newest window, or 0 before the first; samples and frames are kept from here on.
  private var base = 0
  /// The samples from `base` on.
  private var samples: [Float] = []
  /// Computes the frames that windows share; nil if each window is computed separately.
  private var analysis: FrontEnd.Stream?
  /// The shared frames from `base` on.
  private var frames: StaticFrames
  /// Start of the next window, a multiple of `frameHop`.
  private var next = 0
  /// Number of samples pushed.
  private(set) var sampleCount = 0

  /// A stream at its start, with windows as `window` says; those that `gate` leaves out have no features.
  ///
  /// The front end must not be used elsewhere until the stream ends.
  init(_ window: ClipWindow, _ frontEnd: FrontEnd, gate: EnergyGate? = nil) {
    self.frontEnd = frontEnd
    self.window = window
    self.gate = gate
    let rate = frontEnd.options.sampleRate
    frameHop = frontEnd.options.hopLength
    length = window.length(sampleRate: rate)
    hop = window.hop(sampleRate: rate, frameHop: frameHop)
    frameCount = frontEnd.frameCount(sampleCount: length)
    analysis = try? frontEnd.stream()
    frames = StaticFrames(frontEnd.options)
  }

  /// Adds the next samples, at the model's rate.
  ///
  /// - Parameters:
  ///   - piece: Any number of samples.
  ///   - give: Called with each window that is complete now, in order.
  /// - Throws: `FrontEndError` for a sample that is no number.
  mutating func push(_ piece: [Float], _ give: (Window) -> Void) throws(FrontEndError) {
    // A long piece is added window by window, so at most two windows of samples are kept.
    for start in stride(from: 0, to: piece.count, by: length) {
      let part =
        piece.count <= length ? piece : Array(piece[start..<min(piece.count, start + length)])
      try analysis?.push(part)
      analysis?.take(into: &frames)
      samples += part
      sampleCount += part.count
      while next + length <= sampleCount {
        drop(next - base)
        give(try window(at: next))
        next += hop
      }
    }
  }

  /// Ends the stream.
  ///
  /// - Parameter give: Called with the remaining window: a recording shorter than a window, or the
  ///   last window of a longer one. That window ends with the recording, up to less than one frame
  ///   hop.
  /// - Throws: `FrontEndError` for a sample that is no number.
  mutating func finish(_ give: (Window) -> Void) throws(FrontEndError) {
    guard next > 0 else { return give(try short()) }
    let last = (sampleCount - length) / frameHop * frameHop
    if last > base { give(try window(at: last)) }
  }

  /// The full window that starts at sample `place`.
  private func window(at place: Int) throws(FrontEndError) -> Window {
    let skipped = place - base
    let range = place..<place + length
    if gate?.isQuiet(samples[skipped..<skipped + length]) == true { return quiet(range) }
    let features: Features
    if analysis != nil {
      let first = skipped / frameHop
      features = try frontEnd.features(of: frames, in: first..<first + frameCount)
    } else {
      features = try frontEnd.features(of: Array(samples[skipped..<skipped + length]))
    }
    return Window(range: range, features: features)
  }

  /// A window that the gate leaves out.
  private func quiet(_ range: Range<Int>) -> Window {
    let none = Features(frameCount: 0, featureCount: frontEnd.featureCount, values: [])
    return Window(range: range, features: none, isQuiet: true)
  }

  /// A recording that is shorter than a window.
  private func short() throws(FrontEndError) -> Window {
    if gate?.isQuiet(samples[...]) == true { return quiet(0..<sampleCount) }
    let padded = window.padded(samples, sampleRate: frontEnd.options.sampleRate)
    let features: Features
    if analysis != nil, padded.count == samples.count {
      features = try frontEnd.features(of: frames, in: 0..<frames.count)
    } else {
      features = try frontEnd.features(of: padded)
    }
    return Window(range: 0..<sampleCount, features: features)
  }

  /// Drops the oldest samples and their frames; `count` must be a multiple of `frameHop`.
  private mutating func drop(_ count: Int) {
    guard count > 0 else { return }
    samples.removeFirst(count)
    if analysis != nil { frames.removeFirst(count / frameHop) }
    base += count
  }
}
