import Glibc
import Sound

/// An open device that records: the only place that calls ALSA.
struct CaptureDevice: ~Copyable {
  /// What became of a read.
  enum Outcome: Equatable {
    case samples([Float])
    /// Sound came faster than it was taken, or the machine slept.
    case overrun
    /// The device gives nothing any more, in ALSA's words.
    case lost(String)
  }

  /// A period and the device's own buffer, in microseconds.
  private static let (period, buffer): (CUnsignedInt, CUnsignedInt) = (20_000, 500_000)

  private let alsa: Alsa
  private let device: Alsa.Device
  /// What the device gives.
  let raw: RawFormat
  private var bytes: [UInt8]

  /// Opens a device at a rate of its own, at or above `sampleRate` where it has one.
  ///
  /// - Parameters:
  ///   - name: As ALSA names it.
  ///   - sampleRate: What is wanted, in Hz.
  ///   - channelCounts: Channels that there must be, the most wanted number first.
  ///   - alsa: The library.
  /// - Throws: `DeviceError`.
  init(_ name: String, sampleRate: Int, channelCounts: [Int], _ alsa: Alsa) throws(DeviceError) {
    var opened: Alsa.Device?
    let error = alsa.open(&opened, name, Alsa.capture, 0)
    guard error == 0, let device = opened else {
      throw .cannotOpen(device: name, number: -error, reason: alsa.text(of: error))
    }
    do {
      raw = try Self.setUp(device, name, sampleRate, channelCounts, alsa)
    } catch {
      _ = alsa.close(device)
      throw error
    }
    (self.alsa, self.device) = (alsa, device)
    let frames = max(1, raw.format.sampleRate / 50)
    bytes = [UInt8](repeating: 0, count: frames * raw.frameBytes)
  }

  deinit { _ = alsa.close(device) }

  /// Chooses format, channels and rate.
  private static func setUp(
    _ device: Alsa.Device, _ name: String, _ sampleRate: Int, _ channelCounts: [Int], _ alsa: Alsa
  ) throws(DeviceError) -> RawFormat {
    var made: Alsa.Parameters?
    guard alsa.makeParameters(&made) == 0, let parameters = made else {
      throw .cannotOpen(device: name, number: ENOMEM, reason: alsa.text(of: -ENOMEM))
    }
    defer { alsa.freeParameters(parameters) }
    _ = alsa.anyParameters(device, parameters)
    // The device's own rates: ALSA's conversion is poor, and ours comes behind it.
    _ = alsa.setResampling(device, parameters, 0)
    guard alsa.setAccess(device, parameters, Alsa.interleaved) == 0 else {
      throw .noFormat(device: name, what: "interleaved access")
    }
    let format = Alsa.formats.first { alsa.setFormat(device, parameters, $0.number) == 0 }
    guard let format, let encoding = SampleEncoding(rawValue: format.encoding) else {
      throw .noFormat(device: name, what: "sample format")
    }
    let least = channelCounts.first { count in
      var channels = CUnsignedInt(count)
      return alsa.setLeastChannels(device, parameters, &channels) == 0
    }
    guard let least else { throw .noFormat(device: name, what: "channel \(channelCounts[0])") }
    var channels = CUnsignedInt(least)
    _ = alsa.setChannelsNear(device, parameters, &channels)
    var (rate, direction) = (CUnsignedInt(sampleRate), CInt(0))
    // Where the device has none so high, its highest is as near as can be.
    _ = alsa.setLeastRate(device, parameters, &rate, &direction)
    (rate, direction) = (CUnsignedInt(sampleRate), 0)
    _ = alsa.setRateNear(device, parameters, &rate, &direction)
    var time = period
    _ = alsa.setPeriodTimeNear(device, parameters, &time, &direction)
    time = buffer
    _ = alsa.setBufferTimeNear(device, parameters, &time, &direction)
    let error = alsa.setParameters(device, parameters)
    guard error == 0 else {
      throw .cannotOpen(device: name, number: -error, reason: alsa.text(of: error))
    }
    guard AudioLimits.sampleRates.contains(Int(rate)),
      AudioLimits.channelCounts.contains(Int(channels))
    else { throw .noFormat(device: name, what: "rate or channel count") }
    return RawFormat(
      encoding: encoding, format: StreamFormat(sampleRate: Int(rate), channels: Int(channels)))
  }

  /// Waits for the next 20 ms.
  mutating func read() -> Outcome {
    let frames = CUnsignedLong(bytes.count / raw.frameBytes)
    let (alsa, device) = (alsa, device)
    let got = bytes.withUnsafeMutableBytes { buffer in
      // A plugin may say that it wrote and leave the buffer alone: old sound must not come again.
      memset(buffer.baseAddress!, 0, buffer.count)
      return alsa.read(device, buffer.baseAddress!, frames)
    }
    if got > 0 {
      return .samples(raw.encoding.samples(in: Array(bytes[..<(got * raw.frameBytes)])))
    }
    let error = CInt(got)
    switch -error {
    case 0, EAGAIN, EINTR: return .samples([])
    case EPIPE, ESTRPIPE: return recover(error)
    default: return .lost(alsa.text(of: error))
    }
  }

  /// Starts the device again after an overrun or a sleep of the machine.
  private func recover(_ error: CInt) -> Outcome {
    if -error == ESTRPIPE {
      for _ in 0..<50 where alsa.resume(device) == -EAGAIN { usleep(100_000) }
    }
    let prepared = alsa.prepare(device)
    return prepared == 0 ? .overrun : .lost(alsa.text(of: prepared))
  }
}
