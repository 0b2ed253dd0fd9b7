import Basics
import Glibc

/// Why a microphone cannot be used; prints as one sentence.
public enum DeviceError: Error, Equatable, Sendable, NamesOptions {
  /// File name of ALSA's library.
  static let alsaLibrary = "libasound.so.2"

  /// ALSA's library is not on this machine.
  case noLibrary
  /// The device cannot be opened; `number` is ALSA's, an `errno`.
  case cannotOpen(device: String, number: CInt, reason: String)
  /// The device has nothing that is read.
  case noFormat(device: String, what: String)

  /// Whether the device is not there at all.
  public var isMissing: Bool {
    switch self {
    case .noLibrary: true
    case .cannotOpen(_, let number, _): number == ENOENT || number == ENODEV || number == ENXIO
    case .noFormat: false
    }
  }

  /// One sentence: what is wrong and what to do.
  public func text(_ spell: (String) -> String) -> String {
    switch self {
    case .noLibrary:
      "the microphone needs \(Self.alsaLibrary), which is not on this machine: install libasound2 "
        + "(Debian), or pipe sound in with -"
    case .cannotOpen(let device, let number, let reason):
      number == EBUSY
        ? "\(device): the device is in use by another program"
        : "\(device): the device cannot be opened: \(reason); "
          + "\(spell("list-devices")) names those that are there"
    case .noFormat(let device, let what): "\(device): the device has no \(what) that is read"
    }
  }
}
