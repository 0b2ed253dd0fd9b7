import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Recognition
@testable import Sound

/// Sound of any rate and channel count in any pieces makes the same events.
@Suite struct ListenerTests {
  /// The built-in model with a rule that uses every part of it.
  private static let model: KeywordModel = {
    var model = try! KeywordModel.builtIn()
    model.window.hopSeconds = 0.1
    model.rule.smoothing = 2
    model.rule.mustBeLikeliest = false
    model.rule.settleSeconds = 0
    model.rule.conditions.threshold = 0.6
    model.rule.conditions.releaseShare = 0.5
    model.rule.conditions.leastWindows = 2
    model.rule.conditions.refractorySeconds = 0.3
    return model
  }()
  private static let recogniser = Recogniser(model)
  private static let words = Repository.fixtures.appending("words")

  /// A spoken word at a rate, in Hz.
  private static func word(_ name: String, at rate: Int = 16_000) throws -> [Float] {
    try AudioDecoder(sampleRate: rate).decode(words.appending(name)).samples
  }

  private static func silence(_ seconds: Double, at rate: Int = 16_000) -> [Float] {
    [Float](repeating: 0, count: Int(seconds * Double(rate)))
  }

  /// Three words with pauses.
  private static func speech(at rate: Int = 16_000) throws -> [Float] {
    let (yes, no) = (
      try word("yes/awb_nohash_0.flac", at: rate), try word("no/awb_nohash_0.flac", at: rate)
    )
    return silence(1, at: rate) + yes + silence(0.8, at: rate) + no + silence(0.5, at: rate) + yes
      + silence(0.7, at: rate)
  }

  /// What a listener tells of samples that come in pieces.
  private func listen(
    _ samples: [Float], _ format: StreamFormat = StreamFormat(sampleRate: 16_000, channels: 1),
    piece: Int, near: Float? = nil
  ) throws -> (windows: [Listener.Window], findings: [Finding]) {
    let listener = Listener(Self.model, Self.recogniser, format, near: near)
    var windows: [Listener.Window] = []
    var findings: [Finding] = []
    for start in stride(from: 0, to: samples.count, by: piece) {
      let end = min(samples.count, start + piece)
      findings += try listener.push(Array(samples[start..<end])) { windows.append($0) }
    }
    findings += try listener.finish { windows.append($0) }
    return (windows, findings)
  }

  private func labels(_ findings: [Finding]) -> [String] { findings.compactMap(\.event?.label) }

  /// The windows are those that `classify` answers by, and so are the events.
  @Test func piecesDoNotMatter() throws {
    let samples = try Self.speech()
    let whole = try listen(samples, piece: samples.count, near: 0.3)
    #expect(labels(whole.findings) == ["yes", "no", "yes"])
    for piece in [1, 7, 160, 4_096] {
      let cut = try listen(samples, piece: piece, near: 0.3)
      #expect(cut.windows == whole.windows && cut.findings == whole.findings, "\(piece)")
    }
    let format = AudioFormat(
      container: "none", encoding: "none", sampleRate: 16_000, channels: 1, frames: samples.count)
    let clip = Clip(samples: samples, sampleRate: 16_000, source: format)
    let answer = try Classifier(Self.model, threads: 1).classify([.clip(clip)])[0].get()
    #expect(answer.windows.map(\.probabilities) == whole.windows.map(\.posteriors))
    #expect(answer.windows.map { $0.start...$0.end } == whole.windows.map(\.seconds))
    #expect(answer.events == whole.findings.compactMap(\.event))
  }

  /// Frames of several channels may be cut anywhere.
  @Test(arguments: [(44_100, 2), (48_000, 2), (48_000, 3)])
  func otherRatesAndChannelsGiveTheSameWords(_ rate: Int, _ channels: Int) throws {
    let format = StreamFormat(sampleRate: rate, channels: channels)
    let samples = try Self.speech(at: rate).flatMap { [Float](repeating: $0, count: channels) }
    let whole = try listen(samples, format, piece: samples.count)
    #expect(labels(whole.findings) == ["yes", "no", "yes"])
    for piece in [7, 4_096] {
      let cut = try listen(samples, format, piece: piece)
      #expect(cut.windows == whole.windows && cut.findings == whole.findings, "\(piece)")
    }
  }

  @Test func aChannelIsHeardAlone() throws {
    let samples = try Self.speech()
    // The word on the second channel, on the first a tone.
    let tone = ToneDataset.tone(900, seconds: 1, seed: 1)
    let stereo = samples.indices.flatMap { [tone[$0 % tone.count], samples[$0]] }
    let listener = Listener(
      Self.model, Self.recogniser, StreamFormat(sampleRate: 16_000, channels: 2), channel: 2)
    let found = try listener.push(stereo) + listener.finish()
    #expect(labels(found) == ["yes", "no", "yes"])
  }

  /// One word at 50 places against the windows: within a step of 100 ms and beyond.
  @Test func theAnswerDoesNotDependOnThePlaceInTheWindow() throws {
    let word = try Self.word("no/awb_nohash_0.flac")
    var latencies: [Double] = []
    for place in 0..<50 {
      // 5 ms from one to the next, and one sample more, so that no frame is like another.
      let start = 12_000 + place * 81
      let samples = [Float](repeating: 0, count: start) + word + Self.silence(0.6)
      let events = try listen(samples, piece: 800).findings.compactMap(\.event)
      #expect(events.map(\.label) == ["no"], "place \(place)")
      latencies += events.map { $0.decided - Double(start) / 16_000 }
    }
    // Decided within the step of each other.
    #expect(latencies.max()! - latencies.min()! < 0.25, "\(latencies)")
  }

  /// After lost sound the times go on where the sound does, and nothing spans the gap.
  @Test func listeningGoesOnAfterAGap() throws {
    let word = try Self.word("yes/awb_nohash_0.flac")
    let listener = Listener(
      Self.model, Self.recogniser, StreamFormat(sampleRate: 16_000, channels: 1))
    var found = try listener.push(Self.silence(1) + word[..<6_000])
    found += listener.resume(at: 100)
    #expect(listener.seconds == 100)
    var windows: [Listener.Window] = []
    found += try listener.push(Self.silence(1) + word + Self.silence(1)) { windows.append($0) }
    let events = found.compactMap(\.event)
    #expect(events.map(\.label) == ["yes"] && events[0].seconds.lowerBound >= 100)
    #expect(windows[0].seconds == 100...101)
  }

  @Test func aShortStreamAndNoneAtAll() throws {
    let format = StreamFormat(sampleRate: 16_000, channels: 1)
    #expect(try Listener(Self.model, Self.recogniser, format).finish().isEmpty)
    let short = try listen(Self.silence(0.4), piece: 100)
    #expect(short.windows.map(\.seconds) == [0...0.4])
  }

  @Test func aSampleThatIsNoNumberIsAnError() {
    let format = StreamFormat(sampleRate: 16_000, channels: 1)
    #expect(throws: FrontEndError.self) {
      try Listener(Self.model, Self.recogniser, format).push([.nan] + Self.silence(1))
    }
  }
}
