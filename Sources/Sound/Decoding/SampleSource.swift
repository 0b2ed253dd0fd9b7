/// One channel of samples in blocks, from a file or from live sound.
public protocol SampleSource: AnyObject {
  /// Sample rate, in Hz.
  var sampleRate: Int { get }

  /// The next samples, at least one; nil at the end.
  ///
  /// - Throws: ``AudioError`` if the source fails; it must not be read again then.
  func next() throws(AudioError) -> [Float]?
}
