extension JSONValue {
  /// The value as JSON text, without white space.
  package var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let value):
      value == value.rounded() && abs(value) < 9e15 && (value != 0 || value.sign == .plus)
        ? "\(Int(value))" : "\(value)"
    case .whole(let value): "\(value)"
    case .string(let value): JSONText.string(value)
    case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { JSONText.string($0.key) + ":" + $0.value.text }.joined(separator: ",")
        + "}"
    }
  }
}
