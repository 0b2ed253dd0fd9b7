import Basics

/// Why bytes are not a valid safetensors file.
///
/// Each kind of damage has its own message.
package enum SafetensorsFault: Error, Equatable, CustomStringConvertible {
  case shorterThanHeaderLength(bytes: Int)
  case headerTooLong(bytes: UInt64)
  case headerBeyondEnd(needed: Int, present: Int)
  case header(JSONValue.Fault)
  case headerNotObject
  case metadataNotText
  case entry(name: String, problem: String)
  case unsupportedType(name: String, type: String)
  case sizeMismatch(name: String, shape: [Int], bytes: Int)
  case overlap(name: String, start: Int, previousEnd: Int)
  case hole(name: String, start: Int, previousEnd: Int)
  case dataLength(declared: Int, present: Int)
  case notFinite(name: String, index: Int)

  package var description: String {
    switch self {
    case .shorterThanHeaderLength(let bytes):
      "the file has \(bytes) bytes; a model begins with 8 bytes of header length"
    case .headerTooLong(let bytes):
      "the header claims \(bytes) bytes, more than the \(Safetensors.maximumHeader) allowed"
    case .headerBeyondEnd(let needed, let present):
      "the header ends at byte \(needed), the file at \(present): the file is cut"
    case .header(let fault): "the header is not valid JSON: \(fault)"
    case .headerNotObject: "the header is not a JSON object"
    case .metadataNotText: "__metadata__ is not an object of strings"
    case .entry(let name, let problem): "tensor \(name): \(problem)"
    case .unsupportedType(let name, let type):
      "tensor \(name) has the type \(type); F32, F16, I8 and U8 are supported"
    case .sizeMismatch(let name, let shape, let bytes):
      "tensor \(name) of shape \(shape) has \(bytes) bytes of data, which does not fit"
    case .overlap(let name, let start, let end):
      "tensor \(name) starts at byte \(start), inside the one before it, which ends at \(end)"
    case .hole(let name, let start, let end):
      "tensor \(name) starts at byte \(start), the one before it ends at \(end): a hole"
    case .dataLength(let declared, let present):
      "the header declares \(declared) bytes of data, the file has \(present)"
    case .notFinite(let name, let index):
      "tensor \(name) holds a value that is not finite at \(index)"
    }
  }
}
