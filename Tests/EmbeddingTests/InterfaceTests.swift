import CKws
import Dispatch
import Recognition
import Sound
import SystemPackage
import TestSupport
import Testing

/// The functions of kws.h, called as a C program calls them.
@Suite struct InterfaceTests {
  /// A label and its times.
  private struct Heard: Equatable {
    var label: String
    var start: Double
    var decided: Double
    var probability: Float
  }

  private func events(_ handle: OpaquePointer) -> [Heard] {
    var found: [Heard] = []
    var event = kws_event()
    event.size = MemoryLayout<kws_event>.size
    while kws_next(handle, &event) == KWS_OK {
      found.append(
        Heard(
          label: String(cString: event.label), start: event.start, decided: event.decided,
          probability: event.probability))
    }
    return found
  }

  private func message(_ handle: OpaquePointer) -> String {
    kws_error(handle).map { String(cString: $0) } ?? ""
  }

  private func options(
    rate: Int = 0, channels: Int = 0, channel: Int = 0, threshold: Float = 0
  ) -> kws_options {
    kws_options(
      size: MemoryLayout<kws_options>.size, sample_rate: Int32(rate), channels: Int32(channels),
      channel: Int32(channel), threshold: threshold)
  }

  @Test(arguments: [16_000, 44_100])
  func piecesOfAnySizeGiveTheEventsOfTheListener(rate: Int) throws {
    let samples = try Words.stream(at: rate)
    let model = try KeywordModel.builtIn()
    let listener = Listener(
      model, Recogniser(model), StreamFormat(sampleRate: rate, channels: 1))
    let findings = try listener.push(samples) + listener.finish()
    let expected = findings.compactMap(\.event).map {
      Heard(
        label: $0.label, start: $0.seconds.lowerBound, decided: $0.decided,
        probability: $0.probability)
    }
    #expect(expected.map(\.label) == ["yes", "no", "right"])
    var options = options(rate: rate)
    let handle = kws_open(nil, &options)!
    defer { kws_close(handle) }
    for piece in [777, 1 << 20] {
      for start in stride(from: 0, to: samples.count, by: piece) {
        let part = Array(samples[start..<min(start + piece, samples.count)])
        #expect(kws_push(handle, part, part.count) == KWS_OK)
      }
      #expect(kws_finish(handle) == KWS_OK)
      #expect(events(handle) == expected)
      #expect(kws_push(handle, samples, 1) == KWS_WRONG_USE)
      #expect(message(handle).contains("kws_reset"))
      #expect(kws_reset(handle) == KWS_OK && kws_error(handle) == nil)
    }
  }

  /// A piece that is refused leaves the stream as it was.
  @Test func aRefusedPieceIsNotInTheStream() throws {
    let samples = try Words.stream(at: 16_000)
    let (clean, dirty) = (kws_open(nil, nil)!, kws_open(nil, nil)!)
    defer { [clean, dirty].forEach { kws_close($0) } }
    #expect(kws_push(clean, samples, samples.count) == KWS_OK)
    for start in stride(from: 0, to: samples.count, by: 16_000) {
      let part = Array(samples[start..<min(start + 16_000, samples.count)])
      #expect(kws_push(dirty, part, part.count) == KWS_OK)
      #expect(kws_push(dirty, part + [.nan], part.count + 1) == KWS_BAD_DATA)
      #expect(kws_push(dirty, [1e30], 1) == KWS_BAD_DATA)
      #expect(kws_push(dirty, nil, 1) == KWS_WRONG_USE)
    }
    for handle in [clean, dirty] { #expect(kws_finish(handle) == KWS_OK) }
    let heard = events(clean)
    #expect(heard.count == 3 && events(dirty) == heard)
  }

  /// Samples, a file and whole numbers of two channels give the answer of the classifier.
  @Test func aClipHasTheAnswerOfTheClassifier() throws {
    let model = try KeywordModel.builtIn()
    let path = Words.clip("yes")
    let clip = try AudioDecoder(sampleRate: 16_000).decode(path)
    let expected = try Classifier(model, threads: 1).classify([.file(path)])[0].get()
    var options = options(channels: 2, channel: 2)
    let (mono, stereo) = (kws_open(nil, nil)!, kws_open(nil, &options)!)
    defer { [mono, stereo].forEach { kws_close($0) } }
    let whole = clip.samples.flatMap { [0, Int16($0 * 32_768)] }
    for call: (UnsafeMutablePointer<kws_answer>) -> kws_status in [
      { kws_classify_file(mono, path.string, $0) },
      { kws_classify(mono, clip.samples, clip.samples.count, $0) },
      { kws_classify_int16(stereo, whole, whole.count, $0) },
    ] {
      var answer = kws_answer()
      answer.size = MemoryLayout<kws_answer>.size
      #expect(call(&answer) == KWS_OK)
      let label = answer.label.map { String(cString: $0) }
      let probabilities = Array(
        UnsafeBufferPointer(start: answer.probabilities, count: answer.class_count))
      #expect(label == "yes" && answer.rejected == nil && answer.end == expected.window.upperBound)
      #expect(probabilities == expected.probabilities)
      #expect(answer.probability == expected.probability && answer.class_index == 0)
    }
    #expect(kws_class_count(mono) == model.labels.count && kws_sample_rate(mono) == 16_000)
    #expect(String(cString: kws_label(mono, 1)) == "no" && kws_label(mono, 12) == nil)
  }

  /// A handle with the model of another one outlives it, and has its own rate and threshold.
  @Test func aModelIsSharedByHandles() throws {
    let samples = try Words.stream(at: 48_000)
    var (format, strict) = (options(rate: 48_000), options(rate: 48_000, threshold: 1))
    let alone = kws_open(nil, &format)!
    let first = kws_open(nil, nil)!
    let (shared, deaf) = (kws_open_shared(first, &format)!, kws_open_shared(first, &strict)!)
    defer { [alone, shared, deaf].forEach { kws_close($0) } }
    #expect(kws_threshold(first, 0) < 1 && kws_threshold(deaf, 0) == 1)
    #expect(kws_threshold(first, 12).isNaN && kws_threshold(deaf, 11) == 0)
    kws_close(first)
    for handle in [alone, shared, deaf] {
      #expect(kws_push(handle, samples, samples.count) == KWS_OK)
      #expect(kws_finish(handle) == KWS_OK)
    }
    let heard = events(alone)
    #expect(heard.count == 3 && events(shared) == heard && events(deaf).isEmpty)

    let missing = kws_open("/no/such/model", nil)!
    let second = kws_open_shared(missing, nil)!
    #expect(kws_last_status(second) == KWS_NO_INPUT && message(second) == message(missing))
    [missing, second].forEach { kws_close($0) }
  }

  @Test func handlesOfSeveralThreadsAreIndependent() {
    DispatchQueue.concurrentPerform(iterations: 4) { index in
      let handle = kws_open(nil, nil)!
      defer { kws_close(handle) }
      // The error of one handle is not that of another.
      if index % 2 == 0 { _ = kws_push(handle, [.nan], 1) }
      #expect((kws_error(handle) == nil) == (index % 2 == 1))
      var answer = kws_answer()
      answer.size = MemoryLayout<kws_answer>.size
      let word = Words.clip("yes").string
      #expect(kws_classify_file(handle, word, &answer) == KWS_OK)
      #expect(answer.label.map { String(cString: $0) } == "yes")
    }
  }

  @Test func errorsAreValues() {
    let missing = kws_open("/no/such/model", nil)!
    defer { kws_close(missing) }
    #expect(kws_last_status(missing) == KWS_NO_INPUT && message(missing).contains("/no/such/model"))
    #expect(kws_push(missing, [0], 1) == KWS_NO_INPUT && kws_class_count(missing) == 0)

    let handle = kws_open(nil, nil)!
    defer { kws_close(handle) }
    var answer = kws_answer()
    #expect(kws_classify(handle, [0], 1, &answer) == KWS_WRONG_USE)
    #expect(message(handle).contains("set size to sizeof(kws_answer)"))
    answer.size = MemoryLayout<kws_answer>.size
    #expect(kws_classify_file(handle, "/no/such.wav", &answer) == KWS_NO_INPUT)
    #expect(kws_classify(handle, nil, 1, &answer) == KWS_WRONG_USE)
    #expect(kws_classify(handle, [.nan], 1, &answer) == KWS_BAD_DATA)
    #expect(kws_push(handle, [0, .infinity], 2) == KWS_BAD_DATA)
    #expect(kws_push(handle, [0], -1) == KWS_WRONG_USE)
    #expect(kws_push(nil, [0], 1) == KWS_WRONG_USE && kws_next(handle, nil) == KWS_WRONG_USE)

    for (rate, channels, channel) in [
      (999, 1, 0), (-1, 1, 0), (Int(Int32.max), 1, 0), (16_000, 65, 0), (0, -1, 0), (16_000, 2, 3),
      (0, 0, -1),
    ] {
      var options = options(rate: rate, channels: channels, channel: channel)
      let refused = kws_open(nil, &options)!
      #expect(kws_last_status(refused) == KWS_WRONG_USE && message(refused).contains("outside"))
      kws_close(refused)
    }
    for threshold in [-0.5, 1.5, .nan, .infinity] as [Float] {
      var options = options(threshold: threshold)
      let refused = kws_open(nil, &options)!
      #expect(kws_last_status(refused) == KWS_WRONG_USE, "\(message(refused))")
      kws_close(refused)
    }
    let shared = kws_open_shared(nil, nil)!
    #expect(kws_last_status(shared) == KWS_WRONG_USE && kws_threshold(nil, 0).isNaN)
    kws_close(shared)
  }
}
