/// One channel of samples that come in blocks: a file that is read, or what is heard at the moment.
public protocol SampleSource: AnyObject {
  /// Samples per second, in Hz.
  var sampleRate: Int { get }

  /// The next samples, at least one; nil at the end.
  ///
  /// - Throws: ``AudioError`` where the source fails; it gives nothing more then.
  func next() throws(AudioError) -> [Float]?
}
