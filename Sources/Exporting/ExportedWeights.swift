/// How an exported file stores the weights of the LSTM layers.
public enum ExportedWeights: String, CaseIterable, Sendable {
  /// 32 bits each.
  case float32
  /// 8 bits each, with a scale for each row of a matrix; sums are in single precision.
  case int8
}
