/// Why a model cannot be exported, in one sentence.
public enum ExportError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The front end has a stage that the format cannot express; the option and its value.
  case frontEnd(option: String, value: String, format: String, reason: String)
  /// A version of ONNX's operators that is not written.
  case opset(Int, supported: ClosedRange<Int>)

  /// One sentence: what is wrong and what to do.
  public var description: String {
    switch self {
    case .frontEnd(let option, let value, let format, let reason):
      "front end option \(option): \(value) cannot be exported as \(format): \(reason)"
    case .opset(let version, let supported):
      "opset \(version) is not written: use \(supported.lowerBound) to \(supported.upperBound)"
    }
  }
}
