import Foundation
import Testing

@testable import Sound

/// Stages against their definitions, in double precision and plain loops.
@Suite struct StageTests {
  @Test(arguments: [2, 4, 6, 10, 16, 30, 64, 400, 512, 882])
  func spectrumIsTheFourierTransform(length: Int) {
    var generator = TestGenerator()
    let window = (0..<max(1, length - 3)).map { 0.5 + 0.5 * cos(Double($0)) }
    let spectrum = Spectrum(length: length, window: window)
    var power = [Lanes](repeating: Lanes(), count: length / 2 + 1)
    let frames = (0..<Lanes.count).map { _ in generator.noise(window.count) }
    for lane in frames.indices {
      let frame = frames[lane]
      spectrum.load(frame.span, lane: lane)
    }
    spectrum.power(into: &power)
    for (lane, frame) in frames.enumerated() {
      var total = 0.0
      for k in power.indices {
        var (real, imaginary) = (0.0, 0.0)
        for n in frame.indices {
          let angle = 2 * Double.pi * Double(k * n) / Double(length)
          real += Double(frame[n]) * window[n] * cos(angle)
          imaginary -= Double(frame[n]) * window[n] * sin(angle)
        }
        let expected = real * real + imaginary * imaginary
        // Single precision, against the power that the frame could have in one bin.
        #expect(abs(Double(power[k][lane]) - expected) < 1e-6 * Double(length * length) / 16)
        total += Double(power[k][lane]) * (k == 0 || 2 * k == length ? 1 : 2)
      }
      // Parseval: N times the energy of the samples, over all bins of both signs.
      let energy = zip(frame, window).reduce(0) { $0 + pow(Double($1.0) * $1.1, 2) }
      #expect(abs(total - Double(length) * energy) <= 1e-5 * total + 1e-9)
    }
  }

  /// Digital silence has the floor's logarithm, by every rule; the rules differ above it.
  @Test(arguments: [(FloorRule.add, 1.5), (.maximum, 1), (.replaceZero, 1)])
  func logarithmsHaveAFloor(rule: FloorRule, sum: Double) {
    var options = FrontEndOptions()
    (options.logFloorRule, options.logFloor, options.logarithm) = (rule, 0.5, .natural)
    var energies = [Lanes(), Lanes(repeating: 1)]
    LogCompression(options).apply(to: &energies)
    #expect(abs(Double(energies[0][0]) - log(0.5)) < 1e-6)
    #expect(abs(Double(energies[1][0]) - log(sum)) < 1e-6)
  }

  @Test(arguments: [2, 8, 256, 2048]) func preciseSpectrumAgrees(length: Int) throws {
    var generator = TestGenerator()
    let window = [Double](repeating: 1, count: length)
    let (fast, precise) = (
      Spectrum(length: length, window: window), PreciseSpectrum(length: length, window: window)
    )
    var (a, b) = (
      [Lanes](repeating: Lanes(), count: length / 2 + 1),
      [Lanes](repeating: Lanes(), count: length / 2 + 1)
    )
    for lane in 0..<Lanes.count {
      let frame = generator.noise(length)
      fast.load(frame.span, lane: lane)
      precise.load(frame.span, lane: lane)
    }
    fast.clear(lane: 3)
    precise.clear(lane: 3)
    fast.power(into: &a)
    precise.power(into: &b)
    let largest = try #require(b.map { $0.max() }.max())
    for k in a.indices {
      // Lane by lane: the largest of a vector passes over NaN.
      for lane in 0..<Lanes.count { #expect(abs(a[k][lane] - b[k][lane]) < 1e-6 * largest) }
      #expect(a[k][3] == 0 && b[k][3] == 0)
    }
  }

  @Test(arguments: [1, 2, 13, 40, 41]) func cosineTransformIsOrthonormal(bands: Int) {
    let transform = CosineTransform(bands: bands, coefficients: bands, scale: .orthonormal)
    for i in 0..<bands {
      for j in 0..<bands {
        var sum = 0.0
        for n in 0..<bands {
          sum += Double(transform.matrix[i * bands + n]) * Double(transform.matrix[j * bands + n])
        }
        #expect(abs(sum - (i == j ? 1 : 0)) < 1e-6)
      }
    }
  }

  @Test(arguments: [(1, 1), (4, 3), (5, 5), (40, 40), (23, 13), (128, 20)])
  func cosineTransformIsItsMatrix(bands: Int, coefficients: Int) {
    var generator = TestGenerator()
    let transform = CosineTransform(bands: bands, coefficients: coefficients, scale: .orthonormal)
    for frames in 0...17 {
      let blocks = Lanes.blocks(frames: frames)
      let values = (0..<blocks * bands).map { _ in
        Lanes((0..<Lanes.count).map { _ in Float.random(in: -20...20, using: &generator) })
      }
      var cepstra: [Float] = []
      transform.apply(to: values, frames: frames, into: &cepstra)
      #expect(cepstra.count == frames * coefficients)
      for t in 0..<frames {
        for k in 0..<coefficients {
          var sum = 0.0
          for n in 0..<bands {
            let value = values[t / Lanes.count * bands + n][t % Lanes.count]
            sum += Double(transform.matrix[k * bands + n]) * Double(value)
          }
          #expect(abs(Double(cepstra[t * coefficients + k]) - sum) < 5e-5)
        }
      }
    }
  }

  @Test func logarithmKeepsItsBound() {
    var generator = TestGenerator()
    var bits = (0..<40_000).map { _ in
      UInt32.random(in: Float.leastNormalMagnitude.bitPattern..<0x7F80_0000, using: &generator)
    }
    // Around 1, where the result passes through 0, and around where the parts are joined.
    for x: Float in [1, 0.70710677, 1.4142135, 1e-6] {
      bits += (0..<2_000).map { x.bitPattern - 1_000 + $0 }
    }
    bits += [Float.leastNormalMagnitude.bitPattern, Float.greatestFiniteMagnitude.bitPattern]
    for pattern in bits {
      let x = Float(bitPattern: pattern)
      let expected = log(Double(x))
      let result = Double(NaturalLogarithm.of(Lanes(repeating: x))[5])
      #expect(abs(result - expected) <= 1.2e-7 * abs(expected) + 4e-8, "ln \(x)")
    }
  }

  @Test func preEmphasisAndOffset() {
    var options = FrontEndOptions()
    options.preEmphasis = 0.5
    var frame: [Float] = [2, 4, 8]
    var span = frame.mutableSpan
    PreEmphasis(options)?.apply(toFrame: &span)
    #expect(frame == [1, 3, 6])
    var clip: [Float] = [2, 4, 8]
    PreEmphasis(options)?.apply(toClip: &clip)
    #expect(clip == [2, 3, 6])
    options.preEmphasis = 0
    #expect(PreEmphasis(options) == nil)
    #expect(OffsetRemoval(options) == nil)
    options.removesOffset = true
    var offset: [Float] = [1, 2, 6]
    var offsetSpan = offset.mutableSpan
    OffsetRemoval(options)?.apply(to: &offsetSpan)
    #expect(offset == [-2, -1, 3])
  }

  @Test func levelBringsAClipToItsTarget() throws {
    var options = FrontEndOptions()
    #expect(Level(options) == nil)
    options.levelDecibels = -20
    let level = try #require(Level(options))
    #expect(abs(level.gain(of: [0.5, -0.5]) - 0.2) < 1e-9)
    // Silence is amplified as if it were at the floor of -60 dB, and an empty clip too.
    #expect(abs(level.gain(of: [0, 0]) - 100) < 1e-9)
    #expect(abs(level.gain(of: []) - 100) < 1e-9)
  }

  @Test func clipMeanVanishes() throws {
    var options = FrontEndOptions()
    #expect(ClipMean(options) == nil)
    options.subtractsClipMean = true
    let clipMean = try #require(ClipMean(options))
    var values: [Float] = [1, 10, 3, 20]
    clipMean.subtract(from: &values, width: 2)
    #expect(values == [-1, -5, 1, 5])
    var nothing: [Float] = []
    clipMean.subtract(from: &nothing, width: 2)
    #expect(nothing.isEmpty)
  }
}
