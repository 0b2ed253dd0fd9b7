/// The operations that take nearly all of the time.
///
/// `PlainKernels` has them as plain loops, `FloatKernels` in C; the tests compare the two. A new
/// kernel is declared here and implemented once in each.
protocol Kernels<Scalar>: Sendable {
  associatedtype Scalar: NeuralScalar

  /// `c = a b`, or `c += a b` if `accumulating`: (n, k) times (k, m) gives (n, m).
  ///
  /// A row of the result depends only on the same row of `a`, to the last bit.
  func multiply(
    _ a: Matrix<Scalar>, _ b: PackedMatrix<Scalar>, into c: Matrix<Scalar>, accumulating: Bool)

  /// Rounds each row of `a` to whole numbers: its scale is its largest magnitude / 127, or 0 if that is
  /// at most 1e-30. Ties go to the even number.
  func round(_ a: Matrix<Scalar>, into rounded: RoundedRows<Scalar>)

  /// `c = a b`, or `c += a b`, of matrices in 8 bits: the whole numbers' sum, times the product of the
  /// scales of its row and its column.
  ///
  /// All kernels give the same bits.
  func multiply(
    _ a: RoundedRows<Scalar>, _ b: Int8Matrix<Scalar>, into c: Matrix<Scalar>, accumulating: Bool)

  /// `c += transpose(a) b`: (k, n) and (k, m) give (n, m).
  ///
  /// Sums over k frames, for the gradients of weights.
  func multiplyTransposed(_ a: Matrix<Scalar>, _ b: Matrix<Scalar>, addingTo c: Matrix<Scalar>)

  /// One time step of the LSTM cell: from the sums in `step.gates` to the activations, the cell state
  /// and the hidden state.
  ///
  /// - Parameters:
  ///   - step: The sums in `gates`; the other members are written.
  ///   - bias: (1, 4H), the sum of PyTorch's two biases.
  func cellForward(_ step: LSTMStep<Scalar>, bias: Matrix<Scalar>)

  /// One time step backward: from dL/dh of this frame to dL/d(sums), which replaces the activations
  /// in `step.gates`.
  ///
  /// - Parameters:
  ///   - step: As `cellForward` left it.
  ///   - hiddenGradient: (n, H), dL/dh of this frame, complete.
  ///   - cellGradient: (n, H). In: dL/dc from the frame read after this one. Out: dL/dc for the
  ///     frame read before.
  ///   - biasGradient: (1, 4H), increased by dL/d(sums) of all rows.
  func cellBackward(
    _ step: LSTMStep<Scalar>, hiddenGradient: Matrix<Scalar>, cellGradient: Matrix<Scalar>,
    biasGradient: Matrix<Scalar>)

  /// Adds `scale` times row `row` of `source` to row `sumRow` of `sums`; both have the same width.
  func addRow(
    _ row: Int, of source: Matrix<Scalar>, times scale: Scalar, toRow sumRow: Int,
    of sums: Matrix<Scalar>)

  /// Dropout of one row, in place, with random bits derived from `place`. A number becomes zero if
  /// its 16 bits are below `threshold`, and is multiplied by `scale` otherwise.
  func drop(
    row: Int, of numbers: Matrix<Scalar>, place: UInt64, threshold: UInt32, scale: Scalar)

  /// One step of Adam for the parameters in `range`; see `Adam`.
  func adamStep(
    _ parameters: inout [Scalar], _ gradients: [Scalar], means: inout [Scalar],
    squares: inout [Scalar], in range: Range<Int>, _ rates: AdamRates<Scalar>)
}

extension NeuralScalar {
  /// The kernels for this number type: the fast ones if there are any.
  ///
  /// Callers store the result, because the cast takes a microsecond.
  static var kernels: any Kernels<Self> {
    FloatKernels.best as? any Kernels<Self> ?? PlainKernels<Self>()
  }
}
