/// Logarithm of band energies, kept finite by a floor.
struct LogCompression: Stage {
  private let floor: Lanes
  private let rule: FloorRule
  private let scale: Float
  private let range: Float?

  init(_ options: FrontEndOptions) {
    floor = Lanes(repeating: Float(options.logFloor))
    rule = options.logFloorRule
    // 10 log10 x = 10 / ln 10 * ln x.
    scale = options.logarithm == .decibels ? 4.3429448190325175 : 1
    range = options.logRange.map { Float($0) }
  }

  var lookahead: Lookahead {
    range.map { .wholeClip(option: "logRange", value: "\($0)") } ?? .frames(0)
  }

  /// Turns the (T, bands) energies of a whole clip into logarithms, in place.
  func apply(toBands energies: inout [Lanes]) {
    apply(to: &energies)
    guard let range, let first = energies.first else { return }
    // Lanes without a frame hold the floor's logarithm, which is never above the others.
    let largest = energies.reduce(first) { $0.replacing(with: $1, where: $1 .> $0) }.max()
    let least = Lanes(repeating: largest - range)
    for index in energies.indices {
      energies[index].replace(with: least, where: energies[index] .< least)
    }
  }

  /// The same, without the limit relative to the clip's largest value.
  func apply(to energies: inout [Lanes]) {
    for index in energies.indices {
      var value = energies[index]
      switch rule {
      case .add: value += floor
      case .maximum: value.replace(with: floor, where: value .< floor)
      case .replaceZero: value.replace(with: floor, where: value .== 0)
      }
      energies[index] = scale * NaturalLogarithm.of(value)
    }
  }
}
