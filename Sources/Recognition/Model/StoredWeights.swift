/// How a model file stores the weights.
///
/// Products are of single precision, but for matrices in 8 bits, which are of whole numbers.
public enum StoredWeights: String, CaseIterable, Sendable {
  /// 32 bits each, as they are.
  case float32
  /// 16 bits each, rounded to the nearest, in half the space.
  case float16
  /// The matrices of the LSTM layers in 8 bits, with a scale for each row, in a quarter of the space.
  case int8
}
