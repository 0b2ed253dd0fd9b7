import CSoxr

/// Changes the sample rate of one channel, block by block, with libsoxr's HQ recipe.
///
/// HQ keeps the band up to 91% of the lower Nyquist frequency and puts aliases below -120 dB. n
/// samples become n * to / from, rounded to the nearest whole number. At equal rates the samples
/// stay unchanged.
struct Resampler: ~Copyable {
  private let handle: soxr_t?
  private let ratio: (from: Int, to: Int)
  private var consumed = 0
  private var given = 0
  /// Samples at the new rate that were not taken yet.
  private var output: [Float] = []
  private var block: [Float] = []

  /// Prepares a change from one rate to another, in Hz.
  init(from: Int, to: Int) {
    ratio = (from, to)
    guard from != to else {
      handle = nil
      return
    }
    var error: soxr_error_t?
    var quality = soxr_quality_spec(UInt(SOXR_20_BITQ), 0)
    // One thread: callers decode several clips in parallel instead.
    var runtime = soxr_runtime_spec(1)
    let created = soxr_create(Double(from), Double(to), 1, &error, nil, &quality, &runtime)
    guard let created, error == nil else {
      preconditionFailure("soxr refused \(from) Hz to \(to) Hz: \(String(cString: error!))")
    }
    handle = created
  }

  deinit { soxr_delete(handle) }

  /// Adds the next samples.
  mutating func push(_ samples: [Float]) {
    guard handle != nil else {
      output.append(contentsOf: samples)
      return
    }
    consumed += samples.count
    var taken = 0
    samples.withUnsafeBufferPointer { input in
      while taken < input.count {
        taken += step(input.baseAddress! + taken, count: input.count - taken).taken
      }
    }
  }

  /// Returns the samples made since the last call, except one that `finish` may drop.
  mutating func take() -> [Float] {
    guard let last = output.popLast() else { return [] }
    given += output.count
    defer { output = [last] }
    return output
  }

  /// Ends the input and returns the rest.
  mutating func finish() -> [Float] {
    defer { output = [] }
    guard handle != nil else { return output }
    let expected = (consumed * ratio.to + ratio.from / 2) / ratio.from
    while step(nil, count: 0).produced > 0 {}
    // soxr's length is within one sample of the exact one; this makes it exact.
    let count = given + output.count
    precondition(abs(count - expected) <= 1, "soxr gave \(count), not \(expected)")
    if count > expected { output.removeLast() }
    if count < expected { output.append(0) }
    return output
  }

  private mutating func step(
    _ input: UnsafePointer<Float>?, count: Int
  ) -> (taken: Int, produced: Int) {
    if block.isEmpty { block = [Float](repeating: 0, count: 8192) }
    var taken = 0
    var produced = 0
    let error = soxr_process(handle, input, count, &taken, &block, block.count, &produced)
    precondition(error == nil, "soxr: \(String(cString: error!))")
    output.append(contentsOf: block[..<produced])
    return (taken, produced)
  }
}
