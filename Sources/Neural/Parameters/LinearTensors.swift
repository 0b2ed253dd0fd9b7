/// The tensors of a linear function, or their gradients.
struct LinearTensors<Scalar> {
  /// (outputs, inputs).
  let weight: Matrix<Scalar>
  /// (1, outputs).
  let bias: Matrix<Scalar>
}
