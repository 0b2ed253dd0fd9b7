import Basics
import Glibc
import Neural
import Sound

/// The work and memory that a model needs, with upper bounds, so that no file and no option can ask
/// for too much.
///
/// The bounds are far above the needs of keyword spotting: windows of 60 s with frames every 10 ms
/// and two layers of 512 units are within them.
struct ModelWork {
  /// The most frames in a window: 60 s with a frame every 3.7 ms.
  static let mostFrames = 16_384
  /// The most windows that may begin in one second of a longer clip.
  static let mostWindowsPerSecond = 1_000.0
  /// The most multiply-adds for a window, and for the windows that begin in one second: a few
  /// seconds of one core.
  static let mostMultiplyAdds = 0x1p38
  /// The most memory for processing a window, in bytes: 256 MiB.
  static let mostBytes = 1 << 28

  /// Number of frames of the longest window, T.
  let frames: Int
  /// Length of the longest window, in seconds.
  let seconds: Double
  /// Number of windows that begin in one second of a longer clip.
  let windowsPerSecond: Double
  /// Multiply-adds for one window: spectra, cosine transform and network.
  let multiplyAdds: Double
  /// Bytes for one window: mel bands, features, and the gates and outputs of each layer and
  /// direction.
  let bytes: Int

  /// Computes the work of a network per window; each size must be below 2^17.
  init(_ window: ClipWindow, _ frontEnd: FrontEnd, _ network: NetworkShape) {
    let options = frontEnd.options
    seconds = window.maximumSeconds
    frames = frontEnd.frameCount(sampleCount: Int(seconds * Double(options.sampleRate)))
    windowsPerSecond = 1 / window.hopSeconds
    let length = Double(options.fftLength)
    let features = 2.5 * length * log2(length) + Double(options.melBands * options.coefficients)
    let layers = (0..<network.layers).map { layer in
      8 * Double(network.hidden) * Double(network.inputs(ofLayer: layer) + network.hidden)
    }
    multiplyAdds =
      Double(frames) * layers.reduce(features, +) + Double(network.pooled * network.classes)
    let numbers = options.melBands + 2 * network.features + 10 * network.hidden * network.layers
    bytes = MemoryLayout<Float>.stride * frames * numbers
  }

  /// The first bound that is exceeded, with both numbers, or nil.
  var problem: String? {
    func text(_ number: Double) -> String { TextCell.fixed(number, 0) }
    let window = "a window of \(seconds) s"
    if frames > Self.mostFrames {
      return
        "\(window) has \(frames) frames, more than \(Self.mostFrames): use a longer hop or "
        + "a shorter window"
    }
    if windowsPerSecond > Self.mostWindowsPerSecond {
      return "\(text(windowsPerSecond)) windows begin in a second, more than "
        + "\(text(Self.mostWindowsPerSecond))"
    }
    let most = Self.mostMultiplyAdds
    if multiplyAdds > most {
      return "\(window) takes \(text(multiplyAdds / 1e9)) billion multiply-adds, more than "
        + "\(text(most / 1e9)) billion"
    }
    if multiplyAdds * windowsPerSecond > most {
      return "the windows that begin in a second take "
        + "\(text(multiplyAdds * windowsPerSecond / 1e9)) billion multiply-adds, more than "
        + "\(text(most / 1e9)) billion"
    }
    if bytes > Self.mostBytes {
      return "\(window) takes \(bytes >> 20) MiB of memory, more than \(Self.mostBytes >> 20)"
    }
    return nil
  }
}

extension ClipWindow {
  /// Why this window does not fit these features and this network, or nil.
  package func problem(with frontEnd: FrontEnd, _ network: NetworkShape) -> String? {
    // The work is checked first: the check of the shortest clip does a part of it.
    if let problem = problem ?? ModelWork(self, frontEnd, network).problem { return problem }
    let shortest = Int(minimumSeconds * Double(frontEnd.options.sampleRate))
    do {
      let features = try frontEnd.features(of: [Float](repeating: 0, count: shortest))
      guard features.frameCount < 1 else { return nil }
      return "the shortest clip of \(minimumSeconds) s has no frame: it must hold one analysis "
        + "window"
    } catch { return "the shortest clip of \(minimumSeconds) s: \(error)" }
  }
}
