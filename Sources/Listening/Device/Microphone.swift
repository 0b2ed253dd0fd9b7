import Basics
import Glibc
import Sound

/// A microphone, or whatever ALSA records from; it comes back where the device goes and comes.
public struct Microphone: SoundInput {
  /// Seconds from one try to open a device that went to the next.
  private let patience: Double
  private let device: String
  private let sampleRate: Int
  /// Channels that the device must have, the most wanted number first.
  private let channelCounts: [Int]
  private let alsa: Alsa

  /// A device as ALSA names it.
  ///
  /// - Parameters:
  ///   - device: Its name, such as `default` or `hw:1`.
  ///   - sampleRate: The rate that is wanted, in Hz; the device's own that is nearest from there on is
  ///     heard.
  ///   - channel: The channel to hear, from 1, which the device must have; nil asks for none.
  ///   - takesMono: Whether a device with one channel will do all the same.
  /// - Throws: `DeviceError.noLibrary`.
  public init(
    _ device: String, sampleRate: Int, channel: Int? = nil, takesMono: Bool = false
  ) throws(DeviceError) {
    self.init(
      device, sampleRate: sampleRate, channel: channel, takesMono: takesMono, try .load())
  }

  init(
    _ device: String, sampleRate: Int, channel: Int?, takesMono: Bool = false,
    patience: Double = 1, _ alsa: Alsa
  ) {
    (self.device, self.sampleRate) = (device, sampleRate)
    channelCounts = [channel ?? 1] + (takesMono ? [1] : [])
    (self.patience, self.alsa) = (patience, alsa)
  }

  /// Hands over the sound as it comes.
  public func run(into sink: SoundSink) {
    var start: ContinuousClock.Instant?
    var elapsed: Double { start.map { (ContinuousClock.now - $0).seconds } ?? 0 }
    while sink.isOpen {
      do {
        var capture = try CaptureDevice(
          device, sampleRate: sampleRate, channelCounts: channelCounts, alsa)
        start = start ?? .now
        let origin = SoundOrigin(
          format: capture.raw.format, name: device, details: capture.raw.encoding.rawValue)
        guard sink.give(.begin(origin)), let reason = hear(&capture, sink, { elapsed }) else {
          return
        }
        guard sink.give(.gap(SoundGap(reason: .lost(reason), resumes: elapsed))) else { return }
      } catch {
        // A device that was there may come back.
        if start == nil {
          _ = sink.give(.end(.device(error)))
          return
        }
      }
      usleep(useconds_t(patience * 1e6))
    }
  }

  /// Hears an open device until it goes.
  ///
  /// - Returns: Why it went; nil where nobody listens any more.
  private func hear(
    _ capture: inout CaptureDevice, _ sink: SoundSink, _ elapsed: () -> Double
  ) -> String? {
    while true {
      switch capture.read() {
      case .samples(let samples) where samples.isEmpty:
        usleep(10_000)
        if !sink.isOpen { return nil }
      case .samples(let samples):
        guard sink.give(.samples(samples, arrived: .now)) else { return nil }
      case .overrun:
        guard sink.give(.gap(SoundGap(reason: .overrun, resumes: elapsed()))) else { return nil }
      case .lost(let reason): return reason
      }
    }
  }
}
