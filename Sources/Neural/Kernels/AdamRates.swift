/// The numbers of one step of Adam for one tensor.
struct AdamRates<Scalar: NeuralScalar> {
  /// 1 - beta1.
  let mean: Scalar
  /// 1 - beta2.
  let square: Scalar
  /// learningRate / (1 - beta1^n).
  let step: Scalar
  /// 1 / sqrt(1 - beta2^n).
  let rootScale: Scalar
  let epsilon: Scalar
  /// AdamW: factor on the parameter, for decoupled weight decay.
  var shrink: Scalar = 1
  /// Adam: share of the parameter that is added to its gradient.
  var pull: Scalar = 0
}
