import Sound

extension ClipReader {
  /// A reader of what a model hears: its rate and its channel.
  package init(_ model: KeywordModel, workers: DecodingWorkers?) {
    self.init(
      AudioDecoder(sampleRate: model.frontEnd.sampleRate, channel: model.channel),
      workers: workers)
    hearsMono = true
  }
}
