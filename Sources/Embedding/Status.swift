import Basics
import CKws
import Recognition
import Sound

/// Why a call of the C interface failed.
struct CallError: Error {
  /// What the call returns.
  var status: kws_status
  /// One sentence.
  var message: String

  static func wrongUse(_ message: String) -> CallError {
    CallError(status: KWS_WRONG_USE, message: message)
  }

  static func badData(_ message: String) -> CallError {
    CallError(status: KWS_BAD_DATA, message: message)
  }
}

extension CallError {
  /// The same sentence and code as the command's.
  init(_ error: ModelError) {
    message = "\(error)"
    switch error {
    case .file(.missing): status = KWS_NO_INPUT
    case .file(.unreadable): status = KWS_IO_ERROR
    default: status = KWS_BAD_DATA
    }
  }

  /// The same sentence and code as the command's.
  init(_ error: AudioError) {
    message = "\(error)"
    status =
      switch error.kind {
      case .missing: KWS_NO_INPUT
      case .inputOutput: KWS_IO_ERROR
      case .notAudio, .broken: KWS_BAD_DATA
      }
  }
}
