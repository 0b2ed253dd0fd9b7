import Foundation
import SystemPackage
import Testing

@testable import Sound

/// Presets against the libraries they are named after.
///
/// Made by Fixtures/make/mfcc_golden.py, which names the libraries and their versions. Set
/// KWS_MFCC_GOLDEN to a folder that the script filled with other rates to compare those.
@Suite struct GoldenTests {
  static let folder =
    ProcessInfo.processInfo.environment["KWS_MFCC_GOLDEN"].map { URL(filePath: $0) }
    ?? Fixtures.folder.appending(path: "mfcc")

  struct Signal: Decodable {
    var signal: String
    var start: Int
    var samples: Int
  }

  struct Entry: Decodable {
    var signal: String
    var samples: Int
    var frames: Int?
  }

  /// One preset at one rate, with what the library made of every clip.
  struct Golden: CustomTestStringConvertible {
    var preset: FrontEndPreset
    var rate: Int
    var testDescription: String { "\(preset) at \(rate) Hz" }
  }

  static let all: [Golden] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let rates = names.compactMap { name in
      name.wholeMatch(of: #/signals-(\d+)\.json/#).flatMap { Int($0.1) }
    }
    return rates.sorted().flatMap { rate in
      FrontEndPreset.allCases.map { Golden(preset: $0, rate: rate) }
    }
  }()

  /// Largest difference of a band, as a part of the largest band of its frame.
  ///
  /// 1e-6 is single precision against single or double. torchaudio takes powers of ten in single
  /// precision, where the last bit moves a corner by 5e-6 of a band; TensorFlow's bands are
  /// recovered from logarithms in single precision, which costs a digit.
  static func bandTolerance(_ preset: FrontEndPreset) -> Float {
    switch preset {
    case .tensorflow: 2e-5
    case .torchaudio: 6e-6
    default: 1e-6
    }
  }

  /// 1e-3 on the library's own scale, or two units in the last of 20 bits of large values.
  static func isClose(_ ours: Float, _ theirs: Float) -> Bool {
    abs(ours - theirs) < max(1e-3, 2e-6 * abs(theirs))
  }

  @Test func noFixtureIsMissing() throws {
    guard ProcessInfo.processInfo.environment["KWS_MFCC_GOLDEN"] == nil else { return }
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(names.count == 72)
    #expect(Self.all.count == 21)
  }

  @Test(arguments: all) func agreesWithTheLibrary(_ golden: Golden) throws {
    let decoder = JSONDecoder()
    func file(_ name: String) -> URL { Self.folder.appending(path: name) }
    let signals = try decoder.decode(
      [Signal].self, from: Data(contentsOf: file("signals-\(golden.rate).json")))
    let sound = try AudioDecoder().decode(
      FilePath(file("signals-\(golden.rate).wav").path)
    ).samples
    let stem = "\(golden.preset)-\(golden.rate)"
    let entries = try decoder.decode([Entry].self, from: Data(contentsOf: file("\(stem).json")))
    let mfcc = try Npy(file("\(stem).npy"))
    let bands = try Npy(file("\(stem)-bands.npy"))
    let options = FrontEndOptions(preset: golden.preset, sampleRate: golden.rate)
    let frontEnd = try FrontEnd(options)
    try #require(mfcc.columns == frontEnd.featureCount && bands.columns == options.melBands)

    var row = 0
    var compared = 0
    for entry in entries {
      let signal = try #require(signals.first { $0.signal == entry.signal })
      let clip = Array(sound[signal.start..<signal.start + entry.samples])
      let name = "\(entry.signal), \(entry.samples) samples"
      guard let frames = entry.frames else {
        #expect(throws: FrontEndError.self, "\(name)") { try frontEnd.features(of: clip) }
        continue
      }
      let rows = row..<row + frames
      row += frames
      #expect(frontEnd.frameCount(sampleCount: clip.count) == frames, "\(name)")
      let ours = try frontEnd.bandEnergies(of: clip)
      let theirs = bands.rows(rows)
      let ourBands = ours.rows
      try #require(ourBands.count == theirs.count)
      let expected = mfcc.rows(rows)
      let features = try frontEnd.features(of: clip).values
      #expect(features.allSatisfy { $0.isFinite }, "\(name)")
      // The stages after the bands, from the library's own bands.
      var mixed = ours
      mixed.rows = theirs
      let later = try frontEnd.features(of: mixed).values
      #expect(later.count == expected.count && features.count == expected.count)
      #expect(zip(later, expected).allSatisfy(Self.isClose), "\(name): later stages")

      for t in 0..<frames {
        let place = t * bands.columns..<(t + 1) * bands.columns
        let largest = try #require(theirs[place].max())
        let difference = largestDifference(ourBands[place], theirs[place])
        #expect(
          difference <= Self.bandTolerance(golden.preset) * largest, "\(name): bands of frame \(t)")
        // Two correct libraries in single precision differ in the logarithm of a band that lies far
        // below the others, more so under Kaldi's lifter of up to 12.
        let least = largest * (golden.preset == .kaldi ? 1e-8 : 1e-9)
        let isComparable = zip(ourBands[place], theirs[place]).allSatisfy {
          $1 > least || $0 == $1
        }
        guard isComparable else { continue }
        compared += 1
        let columns = t * mfcc.columns..<(t + 1) * mfcc.columns
        #expect(
          zip(features[columns], expected.dropFirst(columns.lowerBound)).allSatisfy(Self.isClose),
          "\(name): coefficients of frame \(t)")
      }
    }
    #expect(row == mfcc.rows && row == bands.rows)
    // What is left out are frames of tones and silence with bands that hold nothing but rounding.
    #expect(compared * 2 >= row, "only \(compared) of \(row) frames were compared")
  }
}
