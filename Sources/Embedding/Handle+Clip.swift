import CKws
import Recognition
import Sound

extension Handle {
  /// Recognises interleaved samples of a whole clip.
  func classify(_ samples: [Float]) throws(CallError) -> kws_answer {
    let ready = try ready.get()
    let (format, rate) = (ready.sound.format, ready.model.frontEnd.sampleRate)
    try Self.check(samples, ready.sound)
    let channel = format.channels == 1 ? nil : ready.sound.channel ?? ready.model.channel
    let converter = StreamConverter(format, to: rate, channel: channel)
    let converted = converter.push(samples) + converter.finish()
    guard !converted.isEmpty else {
      throw .badData("\(samples.count) samples are too few for one at \(rate) Hz")
    }
    let source = AudioFormat(
      container: "memory", encoding: "float", sampleRate: format.sampleRate,
      channels: format.channels, frames: samples.count / format.channels)
    return try classify(
      .clip(Clip(samples: converted, sampleRate: rate, source: source)), ready)
  }

  /// Recognises a clip in a file.
  func classify(_ source: ClipSource) throws(CallError) -> kws_answer {
    try classify(source, try ready.get())
  }

  private func classify(_ source: ClipSource, _ ready: Ready) throws(CallError) -> kws_answer {
    let found: Classification
    do { found = try ready.classifier.classify([source])[0].get() } catch {
      throw CallError(error)
    }
    probabilities = CFloats(found.probabilities)
    let labels = ready.model.labels
    let index = labels.firstIndex(of: found.label)
    return kws_answer(
      size: 0, label: ready.labels[index ?? labels.count],
      rejected: found.rejected.flatMap { labels.firstIndex(of: $0.label) }.flatMap {
        ready.labels[$0]
      },
      probabilities: probabilities.start, class_count: labels.count,
      start: found.window.lowerBound, end: found.window.upperBound,
      probability: found.probability ?? .nan, class_index: Int32(index ?? -1))
  }

  /// Number of classes; 0 without a model.
  var classCount: Int { (try? ready.get())?.model.labels.count ?? 0 }

  /// A label; nil beyond the last.
  func label(_ index: Int) -> UnsafePointer<CChar>? {
    index < classCount ? (try? ready.get())?.labels[index] : nil
  }

  /// The posterior that a class has to reach in a clip: 0 for one that is no keyword, NaN beyond the
  /// last.
  func threshold(_ index: Int) -> Float {
    guard let ready = try? ready.get(), ready.model.labels.indices.contains(index) else {
      return .nan
    }
    let label = ready.model.labels[index]
    return ClassLabel.isKeyword(label) ? ready.model.decision.threshold(of: label) : 0
  }

  /// The model's rate, in Hz; 0 without a model.
  var sampleRate: Int { (try? ready.get())?.model.frontEnd.sampleRate ?? 0 }
}
