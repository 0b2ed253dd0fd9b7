import CSndfile
import Synchronization

/// An open libsndfile handle.
///
/// Only this type calls libsndfile.
///
/// `sf_command` is never called: its metadata functions have had memory errors.
struct SoundFile: ~Copyable {
  private let handle: OpaquePointer
  private let source: ByteSource
  /// For a file that could not be opened, the result of `sf_error` is global to the process.
  private static let opening = Mutex(())
  /// Format bits, rate, channels and declared frames as libsndfile read them from the header.
  let info: SF_INFO

  /// Opens a source for reading.
  /// - Throws: ``AudioError`` if libsndfile does not know the format or finds damage.
  init(_ source: ByteSource, name: String) throws(AudioError) {
    var callbacks = SF_VIRTUAL_IO(
      // Before it reads MPEG audio, libsndfile looks for a resource fork; without a name it opens
      // "._" and ".AppleDouble/" in the working folder. It does not if the length is unknown, and
      // libmpg123 finds the length itself.
      get_filelen: {
        let source = SoundFile.source($0)
        return source.startsLikeMpeg ? 0 : sf_count_t(source.view.count)
      },
      seek: { sf_count_t(SoundFile.source($2).seek(Int($0), from: $1)) },
      read: { destination, count, user in
        guard let destination, count > 0 else { return 0 }
        return sf_count_t(SoundFile.source(user).read(into: destination, count: Int(count)))
      },
      write: { _, _, _ in 0 },
      tell: { sf_count_t(SoundFile.source($0).offset) })
    var info = SF_INFO()
    // The source outlives the handle: this value owns both and closes the handle first.
    let user = Unmanaged.passUnretained(source).toOpaque()
    var opened: OpaquePointer?
    var failure: AudioError?
    Self.opening.withLock { _ in
      opened = sf_open_virtual(&callbacks, CInt(SFM_READ), &info, user)
      if opened == nil { failure = Self.openError(source, name: name) }
    }
    if let failure { throw failure }
    handle = opened!
    self.source = source
    self.info = info
  }

  deinit {
    withExtendedLifetime(source) { _ = sf_close(handle) }
  }

  private static func source(_ user: UnsafeMutableRawPointer?) -> ByteSource {
    Unmanaged<ByteSource>.fromOpaque(user!).takeUnretainedValue()
  }

  private static func openError(_ source: ByteSource, name: String) -> AudioError {
    if let error = source.systemError {
      return .unreadable(name: name, reason: error.description)
    }
    return switch sf_error(nil) {
    case CInt(SF_ERR_UNRECOGNISED_FORMAT): .notAudio(name: name)
    case CInt(SF_ERR_UNSUPPORTED_ENCODING): .unsupported(name: name, what: "this encoding")
    default: .broken(name: name, reason: words(sf_strerror(nil)))
    }
  }

  /// libsndfile's message without the full stop, to be part of our sentence.
  private static func words(_ message: UnsafePointer<CChar>) -> String {
    var text = String(cString: message)
    while text.last == "." { text.removeLast() }
    return text
  }

  /// Number of frames that libsndfile expects; nil if unknown.
  var declaredFrames: Int? {
    info.frames > 0 && info.frames < sf_count_t.max ? Int(info.frames) : nil
  }

  /// Reads up to `buffer.count / channels` frames, interleaved, and returns the number read.
  mutating func read(into buffer: inout [Float]) -> Int {
    let frames = buffer.count / Int(info.channels)
    return Int(sf_readf_float(handle, &buffer, sf_count_t(frames)))
  }

  /// libsndfile's message for the failure of the last read; nil without one.
  var failure: String? {
    sf_error(handle) == CInt(SF_ERR_NO_ERROR) ? nil : Self.words(sf_strerror(handle))
  }
}
