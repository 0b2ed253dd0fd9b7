import Glibc
import Sound

/// Ends this process by SIGPROF, or calls its handler, once a decoder has worked for longer than its
/// file may take.
///
/// What is made of the samples is not timed: a large network may take an hour for a clip.
final class DecodingWatch {
  /// Sound that has bought no time yet, in samples.
  private var unpaid = 0

  /// Begins with so many seconds of processor time.
  init(seconds: Int) { Self.arm(seconds: seconds) }

  /// Gives more time for samples that have come.
  func extend(samples: Int, sampleRate: Int) {
    unpaid += samples
    let price = DecodingLimit.soundPerSecond * sampleRate
    guard unpaid >= price else { return }
    var left = itimerval()
    getitimer(Self.timer, &left)
    left.it_value.tv_sec += unpaid / price
    setitimer(Self.timer, &left, nil)
    unpaid %= price
  }

  /// Ends the watch.
  func end() { Self.arm(seconds: 0) }

  private static let timer = __itimer_which_t(ITIMER_PROF.rawValue)

  private static func arm(seconds: Int) {
    var time = itimerval()
    time.it_value.tv_sec = seconds
    setitimer(timer, &time, nil)
  }
}

extension ClipReader {
  /// Reads a clip in this process, which gets SIGPROF where decoding takes too long.
  package func readWatched(_ source: ClipSource) throws(AudioError) -> Clip {
    try source.decodeWatched(with: decoder)
  }
}

extension ClipSource {
  /// Seconds of processor time that decoding may take before the first sample.
  package var decodingSeconds: Int {
    switch self {
    case .file(let path): DecodingLimit.seconds(for: path)
    case .bytes(let bytes, _): DecodingLimit.seconds(bytes: bytes.count)
    case .clip: DecodingLimit.seconds(bytes: 0)
    }
  }

  /// The clip, decoded in this process, which gets SIGPROF where that takes too long.
  fileprivate func decodeWatched(with decoder: AudioDecoder) throws(AudioError) -> Clip {
    if case .clip(let clip) = self { return clip }
    let watch = DecodingWatch(seconds: decodingSeconds)
    defer { watch.end() }
    var samples: [Float] = []
    func take(_ block: [Float], sampleRate: Int) {
      watch.extend(samples: block.count, sampleRate: sampleRate)
      samples += block
      AudioDecoder.makeRoom(in: &samples)
    }
    let (sampleRate, format) =
      switch self {
      case .file(let path): try decoder.decode(path, into: take)
      case .bytes(let bytes, let name): try decoder.decode(bytes: bytes, name: name, into: take)
      case .clip: preconditionFailure("a clip is decoded already")
      }
    return Clip(samples: samples, sampleRate: sampleRate, source: format)
  }
}
