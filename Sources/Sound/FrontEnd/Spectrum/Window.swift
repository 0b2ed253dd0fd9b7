import Glibc

extension WindowShape {
  /// The N values of the window.
  func values(count: Int) -> [Double] {
    (0..<count).map { value(Double($0), count: Double(count)) }
  }

  private func value(_ n: Double, count: Double) -> Double {
    // A symmetric window of one sample would divide by zero; its value is 1.
    if count == 1 { return 1 }
    return switch self {
    case .rectangular: 1
    case .hann: 0.5 - 0.5 * cos(2 * .pi * n / count)
    case .hamming: 0.54 - 0.46 * cos(2 * .pi * n / (count - 1))
    case .povey: pow(0.5 - 0.5 * cos(2 * .pi * n / (count - 1)), 0.85)
    }
  }
}
