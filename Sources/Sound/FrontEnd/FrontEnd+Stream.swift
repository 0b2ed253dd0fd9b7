extension FrontEnd {
  /// The first half of a front end, for samples that come in pieces.
  ///
  ///     var stream = try frontEnd.stream()
  ///     var frames = StaticFrames(frontEnd.options)
  ///     while let block = try source.next() {
  ///       try stream.push(block)
  ///       stream.take(into: &frames)
  ///     }
  ///     stream.finish(into: &frames)
  ///
  /// The frames do not depend on the pieces. A stream uses its front end's scratch memory, so both
  /// belong to one thread. A copy continues independently from the same position.
  public struct Stream {
    private let analysis: StaticAnalysis
    private let hop: Int
    /// Scaled samples, from the start of the next frame on.
    private var waiting: [Float] = []
    /// Samples still to skip before the next frame, if the hop is longer than the window.
    private var gap = 0
    private var isFinished = false
    /// Number of samples pushed.
    public private(set) var sampleCount = 0
    /// Number of frames taken.
    public private(set) var frameCount = 0

    /// Number of frames computed at once, small enough for the processor's cache.
    private static let run = 256

    fileprivate init(_ analysis: StaticAnalysis, hop: Int) {
      self.analysis = analysis
      self.hop = hop
    }

    /// Adds the next samples, of any number; +-1 is full scale.
    ///
    /// They are stored until ``take(into:)``.
    /// - Throws: ``FrontEndError/sampleOutOfRange(sample:value:)``, counted from the stream's first
    ///   sample; the piece is then not added.
    public mutating func push(_ samples: [Float]) throws(FrontEndError) {
      precondition(!isFinished, "samples behind the end of a stream; reset it first")
      try SampleCheck.check(samples.span, first: sampleCount)
      sampleCount += samples.count
      let skipped = min(gap, samples.count)
      gap -= skipped
      let gain = analysis.gain
      if gain == 1 {
        waiting += samples[skipped...]
      } else {
        waiting += samples[skipped...].lazy.map { gain * $0 }
      }
    }

    /// Appends the frames that are complete.
    public mutating func take(into frames: inout StaticFrames) {
      let complete = analysis.plan.frameCount(waiting.count)
      guard complete > 0 else { return }
      for first in stride(from: 0, to: complete, by: Self.run) {
        analysis.append(
          framesOf: waiting.span.extracting((first * hop)...),
          count: min(Self.run, complete - first), to: &frames)
      }
      frameCount += complete
      let used = min(complete * hop, waiting.count)
      gap = complete * hop - used
      waiting.removeFirst(used)
    }

    /// Ends the stream and appends its last frames; samples that do not fill a window are dropped,
    /// as at the end of a clip.
    public mutating func finish(into frames: inout StaticFrames) {
      take(into: &frames)
      isFinished = true
    }

    /// Starts again, at sample 0 of another recording.
    public mutating func reset() {
      waiting.removeAll(keepingCapacity: true)
      (gap, isFinished, sampleCount, frameCount) = (0, false, 0, 0)
    }
  }

  /// A stream at its start.
  /// - Throws: ``FrontEndError/cannotStream(option:value:)`` if a stage before the static frames
  ///   needs the whole clip.
  public func stream() throws(FrontEndError) -> Stream {
    if case .wholeClip(let option, let value) = staticAnalysis.stages.lookahead {
      throw .cannotStream(option: option, value: value)
    }
    return Stream(staticAnalysis, hop: options.hopLength)
  }
}
