/// Probabilities from logits: exp(z_c) over the sum of all, shifted by the largest logit to avoid
/// overflow.
@specialized(where Scalar == Float)
public func softmax<Scalar: NeuralScalar>(_ logits: [Scalar]) -> [Scalar] {
  let largest = logits.max() ?? 0
  let powers = logits.map { Scalar.exponential($0 - largest) }
  let sum = powers.reduce(0, +)
  return powers.map { $0 / sum }
}

/// The index of the largest number, the first of equal ones: the likeliest class of logits or
/// probabilities.
///
/// - Precondition: The array is not empty.
@specialized(where Scalar == Float)
public func argmax<Scalar: NeuralScalar>(_ values: [Scalar]) -> Int {
  precondition(!values.isEmpty, "the largest of no numbers")
  var best = 0
  for index in values.indices where values[index] > values[best] { best = index }
  return best
}
