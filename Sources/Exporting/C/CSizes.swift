import Neural
import Recognition
import Sound

/// The sizes of a model's C code, all in elements.
struct CSizes {
  /// Samples of a full window, and of the shortest clip that is not padded.
  let length: Int
  let minimum: Int
  /// Frames of a full window, and from the start of one window to the next.
  let frames: Int
  let hopFrames: Int
  /// Frames that are kept: one more than a window has may be complete when a recording ends.
  var ring: Int { frames + 1 }
  /// Floats for the layers' states, of two layers where one reads what the other writes.
  ///
  /// Before the first window, the samples of a clip that may have to be padded are kept there.
  let work: Int

  init(_ model: KeywordModel) throws(ExportError) {
    let options = model.frontEnd
    try Self.check(options)
    let rate = options.sampleRate
    length = model.window.length(sampleRate: rate)
    minimum = model.window.minimumLength(sampleRate: rate)
    frames = 1 + (length - options.windowLength) / options.hopLength
    hopFrames =
      model.window.hop(sampleRate: rate, frameHop: options.hopLength) / options.hopLength
    let shape = model.network.shape
    work = max(minimum, min(shape.layers, 2) * frames * shape.states)
  }

  /// Refuses what the code does not do.
  private static func check(_ options: FrontEndOptions) throws(ExportError) {
    func refusal(_ option: String, _ value: String, _ reason: String) -> ExportError {
      .frontEnd(option: option, value: value, format: "C", reason: reason)
    }
    do throws(FrontEndError) {
      // The options were checked when the model was made or read.
      _ = try FrontEnd(options).stream()
    } catch {
      guard case .cannotStream(let option, let value) = error else {
        preconditionFailure("a model's front end: \(error)")
      }
      throw refusal(option, value, "it needs the whole clip, and the code reads a stream")
    }
    guard options.precision == .single else {
      throw refusal("precision", options.precision.rawValue, "the code has single precision")
    }
    guard options.fftLength.nonzeroBitCount == 1 else {
      throw refusal(
        "fftLength", "\(options.fftLength)", "the code's transform needs a power of two")
    }
  }
}
