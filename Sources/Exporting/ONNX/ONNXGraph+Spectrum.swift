import Basics
import Glibc
import Sound

// From windows of samples to the logarithms of mel bands.
extension ONNXGraph {
  /// The largest Fourier matrix that is written, in bytes: a window of 4,096 samples takes 64 MiB.
  private static let largestMatrix = 64 << 20

  /// (batch, frames, window) to what the recipe takes of each Fourier coefficient: of all bins, where
  /// the energy wants them, and of those that count.
  ///
  /// Window and transform are one matrix, so that every runtime can do them.
  mutating func spectrum(
    _ frames: Value, _ options: FrontEndOptions, _ tables: FrontEndTables
  ) throws(ExportError) -> (all: Value, counted: Value) {
    let counted = options.firstBin...options.lastBin
    let takesAll = options.energy == .spectrum
    let bins = takesAll ? 0...options.binCount - 1 : counted
    let isPrecise = options.precision == .double
    let bytes = 2 * bins.count * options.windowLength * (isPrecise ? 8 : 4)
    guard bytes <= Self.largestMatrix else {
      throw .frontEnd(
        option: "fftLength", value: "\(options.fftLength)", format: "ONNX",
        reason: "its Fourier matrix has \(bytes >> 20) MiB, more than \(Self.largestMatrix >> 20)")
    }
    let matrix = Self.fourier(bins, options, tables)
    let shape = [options.windowLength, 2 * bins.count]
    var input = frames
    if isPrecise { input = cast(frames, to: .double, as: "frames.double") }
    let transform = constant(
      isPrecise
        ? ONNXTensor(matrix, shape: shape) : ONNXTensor(matrix.map { Float($0) }, shape: shape),
      as: "fourier")
    let product = node("MatMul", [input, transform], as: "spectrum.parts")
    let squares = node("Mul", [product, product], as: "spectrum.squares")
    nodes(
      "Split", [squares, constant([bins.count, bins.count], as: "spectrum.sizes")],
      as: ["spectrum.real", "spectrum.imaginary"], [("axis", .integer(2))])
    var power = node("Add", ["spectrum.real", "spectrum.imaginary"], as: "power")
    if isPrecise { power = cast(power, to: .float, as: "power.single") }
    let scaled = scaled(power, options)
    guard takesAll, bins != counted else { return (scaled, scaled) }
    let part = node(
      "Slice",
      [
        scaled, constant([counted.lowerBound], as: "bins.start"),
        constant([counted.upperBound + 1], as: "bins.end"), constant([2], as: "bins.axes"),
      ], as: "bins")
    return (scaled, part)
  }

  /// (window, 2 * bins): w[n] cos(2 pi k n / N), then the sines.
  private static func fourier(
    _ bins: ClosedRange<Int>, _ options: FrontEndOptions, _ tables: FrontEndTables
  ) -> [Double] {
    let length = options.fftLength
    let turn = 2 * Double.pi / Double(length)
    return tables.window.enumerated().flatMap { n, weight in
      // Whole turns are taken off, so that large angles are as exact as small ones.
      bins.map { weight * cos(turn * Double($0 * n % length)) }
        + bins.map { weight * sin(turn * Double($0 * n % length)) }
    }
  }

  private mutating func scaled(_ power: Value, _ options: FrontEndOptions) -> Value {
    switch options.spectrum {
    case .power: return power
    case .magnitude: return node("Sqrt", [power], as: "magnitude")
    case .periodogram:
      let length = constant(Float(options.fftLength), as: "fft_length")
      return node("Div", [power, length], as: "periodogram")
    }
  }

  /// (batch, frames, bins) to (batch, frames, bands).
  mutating func melBands(
    _ spectrum: Value, _ options: FrontEndOptions, _ tables: FrontEndTables
  ) -> Value {
    let bins = options.lastBin - options.firstBin + 1
    let columns = (0..<bins).flatMap { bin in tables.melBands.map { $0[bin] } }
    let matrix = constant(
      ONNXTensor(columns, shape: [bins, options.melBands]), as: "mel")
    return node("MatMul", [spectrum, matrix], as: "bands")
  }

  /// The logarithm of energies with the recipe's floor.
  mutating func logarithm(
    _ energies: Value, _ options: FrontEndOptions, as name: String
  ) -> Value {
    let floor = constant(Float(options.logFloor), as: name + ".floor")
    let floored: Value
    switch options.logFloorRule {
    case .add: floored = node("Add", [energies, floor], as: name + ".floored")
    case .maximum: floored = node("Max", [energies, floor], as: name + ".floored")
    case .replaceZero:
      let zero = constant(0 as Float, as: name + ".zero")
      let isZero = node("Equal", [energies, zero], as: name + ".is_zero")
      floored = node("Where", [isZero, floor, energies], as: name + ".floored")
    }
    let natural = node("Log", [floored], as: name + ".log")
    guard options.logarithm == .decibels else { return natural }
    let scale = constant(4.3429448190325175 as Float, as: name + ".decibel")
    return node("Mul", [natural, scale], as: name + ".decibels")
  }

  /// Logarithms, none further below the clip's largest than the recipe allows.
  mutating func limited(_ logarithms: Value, _ options: FrontEndOptions) -> Value {
    guard let range = options.logRange else { return logarithms }
    let largest = largest(logarithms, over: [1, 2], as: "largest")
    let least = node("Sub", [largest, constant(Float(range), as: "log_range")], as: "least")
    return node("Max", [logarithms, least], as: "limited")
  }

  private mutating func cast(_ value: Value, to type: ONNXType, as name: Value) -> Value {
    node("Cast", [value], as: name, [("to", .integer(type.rawValue))])
  }
}
