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
  convenience init(
    _ options: UnsafePointer<kws_options>?, _ load: () throws(CallError) -> KeywordModel
  ) {
    self.init { () throws(CallError) in
      let options = try Self.read(options)
      let model = try load()
      return try Self.ready(options, model, Recogniser(model))
    }
  }

  /// Opens the model of another handle, for the sound that `options` describe.
  convenience init(_ options: UnsafePointer<kws_options>?, sharing other: Handle) {
    self.init { () throws(CallError) in
      let other = try other.ready.get()
      return try Self.ready(try Self.read(options), other.model, other.classifier.recogniser)
    }
  }

  private init(_ make: () throws(CallError) -> Ready) {
    ready = Result { () throws(CallError) in try make() }
    if case .failure(let error) = ready { note(error) }
  }

  private static func read(
    _ options: UnsafePointer<kws_options>?
  ) throws(CallError) -> kws_options {
    guard let options else { return kws_options() }
    return try SizedStruct.read(options, name: "kws_options", initial: kws_options())
  }

  private static func ready(
    _ options: kws_options, _ model: KeywordModel, _ recogniser: Recogniser
  ) throws(CallError) -> Ready {
    var model = model
    if options.threshold != 0 {
      guard options.threshold > 0, options.threshold <= 1 else {
        throw .wrongUse("threshold is \(options.threshold), outside 0...1")
      }
      model.take(threshold: options.threshold)
    }
    let sound = try sound(options, model)
    return Ready(
      model: model,
      classifier: Classifier(model, channel: sound.channel, threads: 1, recogniser: recogniser),
      listener: Listener(model, recogniser, sound.format, channel: sound.channel),
      sound: sound, labels: CStrings(model.labels + [ClassLabel.unknown]))
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
