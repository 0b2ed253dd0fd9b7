import Sound

/// Cuts a stream of samples into a model's windows and gives the features of each.
///
/// Every frame is analysed once, however many windows share it; what depends on a window's edges
/// (slopes, clip mean) is computed for each. Where a recipe needs the whole window (centred framing,
/// a level), every window is analysed by itself. Either way the features are bit for bit those of the
/// window's samples alone, however the stream was cut into pieces.
package struct WindowStream {
  /// One window.
  package struct Window: Sendable {
    /// Its samples, counted from the stream's first.
    package var range: Range<Int>
    /// (T, F).
    package var features: Features
  }

  private let frontEnd: FrontEnd
  private let window: ClipWindow
  /// Samples of a full window.
  private let length: Int
  /// Samples from the start of one window to the next, and from one frame to the next.
  private let (hop, frameHop): (Int, Int)
  /// Frames of a full window.
  private let frameCount: Int

  /// The newest window, or 0 before there is one: samples and frames are kept from there on.
  private var base = 0
  /// The samples from `base` on.
  private var samples: [Float] = []
  /// Makes the frames that windows share; nil where each is analysed by itself.
  private var analysis: FrontEnd.Stream?
  /// The shared frames from `base` on.
  private var frames: StaticFrames
  /// Where the next window starts, a multiple of `frameHop`.
  private var next = 0
  /// Samples that were pushed.
  private(set) var sampleCount = 0

  /// A stream at its start, with windows by the rule of `window`.
  ///
  /// The front end serves nobody else until the stream ends.
  init(_ window: ClipWindow, _ frontEnd: FrontEnd) {
    self.frontEnd = frontEnd
    self.window = window
    let rate = frontEnd.options.sampleRate
    frameHop = frontEnd.options.hopLength
    length = window.length(sampleRate: rate)
    hop = window.hop(sampleRate: rate, frameHop: frameHop)
    frameCount = frontEnd.frameCount(sampleCount: length)
    analysis = try? frontEnd.stream()
    frames = StaticFrames(frontEnd.options)
  }

  /// Takes in the next samples, at the model's rate.
  ///
  /// - Parameters:
  ///   - piece: Any number of samples.
  ///   - give: Called with each window that is complete now, in order.
  /// - Throws: `FrontEndError` for a sample that is no number.
  mutating func push(_ piece: [Float], _ give: (Window) -> Void) throws(FrontEndError) {
    // A long piece a window at a time: what is kept stays as short as two windows.
    for start in stride(from: 0, to: piece.count, by: length) {
      let part = Array(piece[start..<min(piece.count, start + length)])
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
  /// - Parameter give: Called with what is left: a recording that is shorter than a window, or the
  ///   last window of a longer one, which ends with it but for less than a frame's hop.
  /// - Throws: `FrontEndError` for a sample that is no number.
  mutating func finish(_ give: (Window) -> Void) throws(FrontEndError) {
    guard next > 0 else { return give(try short()) }
    let last = (sampleCount - length) / frameHop * frameHop
    if last > base { give(try window(at: last)) }
  }

  /// The full window that starts at sample `place`.
  private func window(at place: Int) throws(FrontEndError) -> Window {
    let skipped = place - base
    let features: Features
    if analysis != nil {
      let first = skipped / frameHop
      features = try frontEnd.features(of: frames, in: first..<first + frameCount)
    } else {
      features = try frontEnd.features(of: Array(samples[skipped..<skipped + length]))
    }
    return Window(range: place..<place + length, features: features)
  }

  /// A recording that is shorter than a window.
  private func short() throws(FrontEndError) -> Window {
    let padded = window.padded(samples, sampleRate: frontEnd.options.sampleRate)
    let features: Features
    if analysis != nil, padded.count == samples.count {
      features = try frontEnd.features(of: frames, in: 0..<frames.count)
    } else {
      features = try frontEnd.features(of: padded)
    }
    return Window(range: 0..<sampleCount, features: features)
  }

  /// Forgets the oldest samples and their frames; a multiple of `frameHop`.
  private mutating func drop(_ count: Int) {
    guard count > 0 else { return }
    samples.removeFirst(count)
    if analysis != nil { frames.removeFirst(count / frameHop) }
    base += count
  }
}
