import Basics

/// Why a file could not be read as a clip; every case names the file and prints as one sentence.
public enum AudioError: Error, Codable, Equatable, Sendable {
  /// Nothing has that name.
  case missing(name: String)
  /// A folder, FIFO, socket or device: reading it could hang.
  case notRegularFile(name: String)
  /// The operating system refused to open or read it.
  case unreadable(name: String, reason: String)
  /// The container is unknown.
  case notAudio(name: String)
  /// A pipe does not contain WAV.
  case noStream(name: String)
  /// The container or codec is not in the allow-list.
  case unsupported(name: String, what: String)
  /// The container is known, but its content is damaged.
  case broken(name: String, reason: String)
  /// Fewer frames than the header declares.
  case cut(name: String, declared: Int, found: Int)
  /// The file has no frames.
  case empty(name: String)
  /// Too few frames to give one sample at the target rate, in Hz.
  case tooShort(name: String, AudioFormat, sampleRate: Int)
  /// A sample rate outside ``AudioLimits/sampleRates``, in Hz.
  case sampleRateOutOfRange(name: String, sampleRate: Int)
  /// A channel count outside ``AudioLimits/channelCounts``.
  case channelCountOutOfRange(name: String, channels: Int)
  /// The file does not have this channel. Channels count from 1.
  case noSuchChannel(name: String, channel: Int, channels: Int)
  /// More than ``AudioDecoder/maximumSeconds`` or ``AudioDecoder/maximumSamples``.
  case tooLong(name: String, maximumSeconds: Double)
  /// A NaN or infinite sample. Frames count from 0.
  case notFinite(name: String, frame: Int)
  /// A float sample so large that it cannot be audio. Frames count from 0.
  case tooLoud(name: String, frame: Int, value: Float)
}

extension AudioError {
  /// The kind of an error, for exit codes and for counting.
  public enum Kind: String, Sendable {
    /// Nothing has that name.
    case missing
    /// The operating system failed.
    case inputOutput
    /// Not audio, or a format that is not supported.
    case notAudio
    /// Audio, but damaged or outside the limits.
    case broken
  }

  /// The kind of this error.
  public var kind: Kind {
    switch self {
    case .missing: .missing
    case .unreadable: .inputOutput
    case .notRegularFile, .notAudio, .noStream, .unsupported: .notAudio
    default: .broken
    }
  }
}

extension AudioError: NamesOptions {
  /// One sentence: the file, what is wrong with both numbers, what to do.
  public func text(_ spell: (String) -> String) -> String {
    switch self {
    case .missing(let name):
      "\(name): no such file"
    case .notRegularFile(let name):
      "\(name): not a regular file; pipe audio in with - instead"
    case .unreadable(let name, let reason):
      "\(name): cannot be read: \(reason)"
    case .notAudio(let name):
      "\(name): not an audio file of a known format; convert it to WAV or FLAC"
    case .noStream(let name):
      "\(name): no WAV comes through it; say what does with \(spell("raw")), or name the file"
    case .unsupported(let name, let what):
      "\(name): \(what) is not supported; convert it to 16-bit PCM WAV or FLAC"
    case .broken(let name, let reason):
      "\(name): damaged audio file: \(reason)"
    case .cut(let name, let declared, let found):
      "\(name): cut short: its header declares \(declared) frames, but it has \(found); "
        + "copy or record it again"
    case .empty(let name):
      "\(name): holds no audio (0 frames)"
    case .tooShort(let name, let format, let sampleRate):
      "\(name): \(counted(format.frames, "frame")) at \(format.sampleRate) Hz "
        + "make no sample at \(sampleRate) Hz; record longer"
    case .sampleRateOutOfRange(let name, let sampleRate):
      "\(name): sample rate \(sampleRate) Hz is outside \(AudioLimits.sampleRates.lowerBound) to "
        + "\(AudioLimits.sampleRates.upperBound) Hz"
    case .channelCountOutOfRange(let name, let channels):
      "\(name): \(channels) channels are outside \(AudioLimits.channelCounts.lowerBound) to "
        + "\(AudioLimits.channelCounts.upperBound)"
    case .noSuchChannel(let name, let channel, let channels):
      "\(name): channel \(channel) was requested, but it has \(channels); choose 1 to \(channels)"
    case .tooLong(let name, let maximumSeconds):
      "\(name): longer than the limit of \(maximumSeconds) s; split it"
    case .notFinite(let name, let frame):
      "\(name): frame \(frame) is not a finite number; write the file again"
    case .tooLoud(let name, let frame, let value):
      "\(name): frame \(frame) is \(value) where full scale is 1; "
        + "scale the file to +-1 or write integers"
    }
  }
}
