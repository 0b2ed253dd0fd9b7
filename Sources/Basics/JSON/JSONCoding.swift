#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The encoder of all JSON that kws writes: sorted keys, slashes without escapes.
package func jsonEncoder(pretty: Bool = false) -> JSONEncoder {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
  return encoder
}

/// A decoding error as one phrase that names the place in the document.
package func decodingProblem(_ error: any Error) -> String {
  func place(_ context: DecodingError.Context) -> String {
    context.codingPath.isEmpty
      ? "the document" : context.codingPath.map(\.stringValue).joined(separator: ".")
  }
  switch error {
  case DecodingError.keyNotFound(let key, let context):
    return "\(place(context)) has no \"\(key.stringValue)\""
  case DecodingError.typeMismatch(let type, let context):
    return "\(place(context)) is not of type \(type)"
  case DecodingError.valueNotFound(_, let context): return "\(place(context)) is null"
  case DecodingError.dataCorrupted(let context):
    return "\(place(context)): \(context.debugDescription)"
  default: return "\(error)"
  }
}
