import Basics
import Glibc
import Synchronization
import Testing

@testable import Listening
@testable import Sound

/// The way from a device to samples, with a device that does what the test wants.
@Suite(.serialized) struct MicrophoneTests {
  /// What the false library does; its functions are C's, which hold nothing.
  private struct Script: Sendable {
    /// What reads give, in order: frames, or an error as ALSA has them.
    var reads: [Int] = []
    /// What opening gives, in order; the last one again and again.
    var opens: [CInt] = [0]
    var rate: CUnsignedInt = 16_000
    var channels: CUnsignedInt = 1
    var formats: Set<CUnsignedInt> = [2]
    var opened = 0
    var closed = 0
    var prepared = 0
  }

  private static let script = Mutex(Script())
  /// Devices that are open now, of this test or the one before.
  private static let devices = Atomic(0)

  private static let alsa = Alsa(
    open: { device, _, _, _ in
      MicrophoneTests.script.withLock { script in
        script.opened += 1
        device.pointee = OpaquePointer(bitPattern: 1)
        let result = script.opens.count > 1 ? script.opens.removeFirst() : script.opens[0]
        if result == 0 { MicrophoneTests.devices.add(1, ordering: .relaxed) }
        return result
      }
    },
    close: { _ in
      MicrophoneTests.script.withLock { $0.closed += 1 }
      MicrophoneTests.devices.subtract(1, ordering: .relaxed)
      return 0
    },
    prepare: { _ in
      MicrophoneTests.script.withLock { $0.prepared += 1 }
      return 0
    },
    resume: { _ in 0 },
    read: { _, buffer, frames in
      MicrophoneTests.script.withLock { script in
        guard !script.reads.isEmpty else { return -CLong(EAGAIN) }
        let next = script.reads.removeFirst()
        guard next > 0 else { return next }
        // The number of the read, in every sample.
        let samples = min(next, Int(frames)) * Int(script.channels)
        buffer.withMemoryRebound(to: Int16.self, capacity: samples) {
          for index in 0..<samples { $0[index] = 16_384 }
        }
        return min(next, Int(frames))
      }
    },
    message: { strerror(-$0).map { UnsafePointer($0) } },
    makeParameters: {
      $0.pointee = OpaquePointer(bitPattern: 2)
      return 0
    },
    freeParameters: { _ in },
    anyParameters: { _, _ in 0 }, setParameters: { _, _ in 0 }, setResampling: { _, _, _ in 0 },
    setAccess: { _, _, _ in 0 },
    setFormat: { _, _, number in
      MicrophoneTests.script.withLock { $0.formats.contains(number) } ? 0 : -EINVAL
    },
    setLeastChannels: { _, _, number in
      let wanted = number.pointee
      return MicrophoneTests.script.withLock { $0.channels >= wanted } ? 0 : -EINVAL
    },
    setChannelsNear: { _, _, number in
      number.pointee = MicrophoneTests.script.withLock { $0.channels }
      return 0
    },
    setLeastRate: { _, _, _, _ in 0 },
    setRateNear: { _, _, number, _ in
      number.pointee = MicrophoneTests.script.withLock { $0.rate }
      return 0
    },
    setPeriodTimeNear: { _, _, _, _ in 0 }, setBufferTimeNear: { _, _, _, _ in 0 },
    hints: { _, _, _ in -1 }, hint: { _, _ in nil }, freeHints: { _ in 0 })

  /// What a device gives until it has been quiet for a while.
  private func pieces(_ script: Script, channel: Int? = nil) -> [SoundPiece] {
    // A reader that went away closes its device a moment later, and would read this script until then.
    for _ in 0..<500 where Self.devices.load(ordering: .relaxed) > 0 { usleep(10_000) }
    Self.script.withLock { $0 = script }
    let reader = SoundReader(
      Microphone("test", sampleRate: 16_000, channel: channel, patience: 0.02, Self.alsa))
    var pieces: [SoundPiece] = []
    while let piece = reader.next(within: 0.3) { pieces.append(piece) }
    return pieces
  }

  private func name(_ piece: SoundPiece) -> String {
    switch piece {
    case .begin(let origin):
      "begin \(origin.format.sampleRate):\(origin.format.channels):\(origin.details)"
    case .samples(let samples, _): "\(samples.count) of \(samples[0])"
    case .gap(let gap): "gap \(gap.reason)"
    case .end(let error): "end \(error.map { "\($0)" } ?? "")"
    }
  }

  @Test func soundComesInPeriods() {
    let found = pieces(Script(reads: [320, 320, 100]))
    #expect(
      found.map(name) == ["begin 16000:1:s16le", "320 of 0.5", "320 of 0.5", "100 of 0.5"])
  }

  @Test func theDevicesOwnRateAndChannelsAreHeard() {
    var script = Script(reads: [960])
    (script.rate, script.channels) = (48_000, 2)
    #expect(pieces(script).map(name) == ["begin 48000:2:s16le", "1920 of 0.5"])
    #expect(pieces(script, channel: 3).map(name).first?.contains("no channel 3") == true)
    script.formats = []
    #expect(pieces(script).map(name).first?.contains("no sample format") == true)
  }

  /// An overrun and a sleep of the machine are gaps, after which it goes on.
  @Test func anOverrunIsAGap() {
    let found = pieces(Script(reads: [320, -Int(EPIPE), 320, -Int(ESTRPIPE), 320]))
    #expect(
      found.map(name) == [
        "begin 16000:1:s16le", "320 of 0.5", "gap overrun", "320 of 0.5", "gap overrun",
        "320 of 0.5",
      ])
    #expect(Self.script.withLock { $0.prepared } == 2)
    #expect(Self.script.withLock { $0.opened } == 1)
  }

  /// A device that goes is opened again until it is back.
  @Test func aDeviceThatGoesComesBack() {
    var script = Script(reads: [320, -Int(ENODEV), 320])
    script.opens = [0, -ENODEV, -ENODEV, 0]
    let found = pieces(script)
    #expect(
      found.map(name) == [
        "begin 16000:1:s16le", "320 of 0.5", "gap lost(\"No such device\")", "begin 16000:1:s16le",
        "320 of 0.5",
      ])
    guard case .gap(let gap) = found[2] else { return }
    #expect(gap.resumes > 0 && gap.resumes < 5)
    #expect(Self.script.withLock { $0.opened } == 4)
    // The one that went, and perhaps the other by now, which nobody hears any more.
    #expect((1...2).contains(Self.script.withLock { $0.closed }))
  }

  @Test(arguments: [
    (ENOENT, "test: the device cannot be opened: No such file or directory; list-devices"),
    (EBUSY, "test: the device is in use by another program"),
  ]) func aDeviceThatIsNotThereEndsAtOnce(_ number: CInt, _ words: String) {
    var script = Script()
    script.opens = [-number]
    let found = pieces(script)
    #expect(found.count == 1 && name(found[0]).hasPrefix("end " + words), "\(found)")
  }

  /// A listener that goes away frees the device.
  @Test func nobodyListensAnyMore() {
    Self.script.withLock { $0 = Script(reads: Array(repeating: 320, count: 1_000)) }
    var reader: SoundReader? = SoundReader(
      Microphone("test", sampleRate: 16_000, channel: nil, Self.alsa))
    _ = reader?.next(within: 1)
    // What waits is bounded, so that a device overruns and memory does not.
    usleep(50_000)
    #expect(Self.script.withLock { $0.reads.count } > 900)
    reader = nil
    for _ in 0..<200 where Self.script.withLock({ $0.closed }) == 0 { usleep(10_000) }
    #expect(Self.script.withLock { $0.closed } == 1)
  }
}
