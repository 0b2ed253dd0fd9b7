import Basics
import Glibc
import Sound

/// A microphone or another ALSA device; it is opened again if it disappears and returns.
public struct Microphone: SoundInput {
  /// Time between two attempts to open a lost device, in seconds.
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
  ///   - sampleRate: The requested rate, in Hz; the device's lowest own rate from there on is used.
  ///   - channel: The channel to read, from 1, which the device must have; nil requires none.
  ///   - takesMono: Whether a device with one channel is accepted too.
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

  /// Passes on the sound as it arrives.
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
        guard sink.give(.begin(origin)), let reason = listen(&capture, sink, { elapsed }) else {
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

  /// Reads an open device until it is lost.
  ///
  /// - Returns: Why it was lost; nil if the sink is closed.
  private func listen(
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
