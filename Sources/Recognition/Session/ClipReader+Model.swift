import Sound

extension ClipReader {
  /// A reader with a model's rate and channel.
  package init(_ model: KeywordModel, workers: DecodingWorkers?) {
    self.init(
      AudioDecoder(sampleRate: model.frontEnd.sampleRate, channel: model.channel),
      workers: workers)
    acceptsMono = true
  }
}
