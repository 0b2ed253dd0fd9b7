/// The newest samples of a stream.
struct SampleHistory {
  private let capacity: Int
  private var samples: [Float] = []
  /// The number of the oldest sample that is kept, from the stream's first.
  private var first = 0

  /// Keeps so many samples.
  init(_ capacity: Int) { self.capacity = capacity }

  /// Takes in the next samples.
  mutating func push(_ piece: [Float]) {
    guard capacity > 0 else { return }
    samples += piece
    // Twice as many at most, so that each sample is moved once or so.
    guard samples.count > 2 * capacity else { return }
    first += samples.count - capacity
    samples.removeFirst(samples.count - capacity)
  }

  /// Those of a range of samples that are kept.
  subscript(range: Range<Int>) -> [Float] {
    let clamped = range.clamped(to: first..<first + samples.count)
    return Array(samples[clamped.lowerBound - first..<clamped.upperBound - first])
  }
}
