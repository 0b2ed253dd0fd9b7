import CKws
import Recognition
import Sound

/// What `kws_open` opens: a model, and a stream of sound.
///
/// A handle without a model holds the error that says why.
final class Handle {
  /// The sound of one handle.
  struct Sound {
    var format: StreamFormat
    /// The channel to read, from 1; nil means the model's own or the mean of all.
    var channel: Int?
  }

  /// A model that is ready to recognise.
  struct Ready {
    let model: KeywordModel
    let classifier: Classifier
    let listener: Listener
    let sound: Sound
    /// Those of the model, and the answer of a model that has no unknown class.
    let labels: CStrings
  }

  let ready: Result<Ready, CallError>
  /// The events that were not taken, from `nextEvent` on.
  var events: [Event] = []
  var nextEvent = 0
  /// Why the stream takes no more samples.
  var end: CallError?
  /// (C), of the last clip.
  var probabilities = CFloats([])
  private var errors = CStrings([])

  /// The status of the last call.
  private(set) var status = KWS_OK
  /// The error of the last call, or nil.
  var error: UnsafePointer<CChar>? { errors[0] }

  /// Opens what `load` reads, for the sound that `options` describe.
  init(
    _ options: UnsafePointer<kws_options>?, _ load: () throws(CallError) -> KeywordModel
  ) {
    ready = Result { () throws(CallError) in
      let options = try options.map { pointer throws(CallError) in
        try SizedStruct.read(pointer, name: "kws_options", initial: kws_options())
      }
      let model = try load()
      let sound = try Self.sound(options ?? kws_options(), model)
      let classifier = Classifier(model, channel: sound.channel, threads: 1)
      return Ready(
        model: model, classifier: classifier,
        listener: Listener(model, classifier.recogniser, sound.format, channel: sound.channel),
        sound: sound, labels: CStrings(model.labels + [ClassLabel.unknown]))
    }
    if case .failure(let error) = ready { note(error) }
  }

  private static func sound(
    _ options: kws_options, _ model: KeywordModel
  ) throws(CallError) -> Sound {
    let rate =
      options.sample_rate == 0 ? model.frontEnd.sampleRate : Int(options.sample_rate)
    let channels = options.channels == 0 ? 1 : Int(options.channels)
    guard AudioLimits.sampleRates.contains(rate) else {
      throw .wrongUse("sample_rate is \(rate), outside \(AudioLimits.sampleRates)")
    }
    guard AudioLimits.channelCounts.contains(channels) else {
      throw .wrongUse("channels is \(channels), outside \(AudioLimits.channelCounts)")
    }
    guard options.reserved == 0 else { throw .wrongUse("reserved is \(options.reserved), not 0") }
    let channel = options.channel == 0 ? nil : Int(options.channel)
    if let channel, !(1...channels).contains(channel) {
      throw .wrongUse("channel is \(channel), outside 1...\(channels)")
    }
    // One channel is read by every model.
    if channel == nil, channels > 1, let own = model.channel, own > channels {
      throw .wrongUse("the model reads channel \(own) of \(channels): set channel")
    }
    return Sound(format: StreamFormat(sampleRate: rate, channels: channels), channel: channel)
  }

  /// Runs a call and keeps its error.
  ///
  /// - Returns: Its status.
  func call(_ body: () throws(CallError) -> kws_status) -> kws_status {
    do {
      let found = try body()
      note(nil)
      status = found
    } catch { note(error) }
    return status
  }

  private func note(_ error: CallError?) {
    status = error?.status ?? KWS_OK
    errors = CStrings(error.map { [$0.message] } ?? [])
  }
}
