import Basics
import Sound

/// What comes from a place where there is sound.
public enum SoundPiece: Sendable {
  /// The sound starts, or starts again after it was lost, in this format.
  case begin(SoundOrigin)
  /// Interleaved samples; +-1 is full scale.
  case samples([Float], arrived: ContinuousClock.Instant)
  /// Sound was lost.
  case gap(SoundGap)
  /// There is no more, for this reason; nil at an end that is one.
  case end(InputError?)
}

/// The source of the sound.
public struct SoundOrigin: Equatable, Sendable {
  /// Rate and channels.
  public var format: StreamFormat
  /// The device, the pipe or the file.
  public var name: String
  /// What else is known of it, for people, such as how samples are stored.
  public var details: String
}

/// Sound that was lost.
public struct SoundGap: Equatable, Sendable {
  /// How it was lost.
  public enum Reason: Equatable, Sendable {
    /// It came faster than it was taken.
    case overrun
    /// The device went, with the system's words.
    case lost(String)
  }

  /// How it was lost.
  public var reason: Reason
  /// Where the sound goes on, in seconds since it began; of a device that went, when that was noticed.
  public var resumes: Double
}

/// Why there is no sound, or no more.
public enum InputError: Error, Equatable, Sendable, NamesOptions {
  /// A file or pipe.
  case audio(AudioError)
  /// A device; see `DeviceError`.
  case device(DeviceError)
  /// The system gives no thread.
  case noThread

  /// One sentence: what is wrong and what to do.
  public func text(_ spell: (String) -> String) -> String {
    switch self {
    case .audio(let error): error.text(spell)
    case .device(let error): error.text(spell)
    case .noThread: "the system gives no thread to read the sound"
    }
  }
}
