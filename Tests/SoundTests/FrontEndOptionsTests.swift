import Foundation
import Testing

@testable import Basics
@testable import Sound

@Suite struct FrontEndOptionsTests {
  @Test(arguments: FrontEndPreset.allCases)
  func jsonKeepsEverything(preset: FrontEndPreset) throws {
    var options = FrontEndOptions(preset: preset, sampleRate: 16_000)
    options.levelDecibels = -20
    let data = try JSONEncoder().encode(options)
    #expect(try JSONDecoder().decode(FrontEndOptions.self, from: data) == options)
    let keys = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any]).keys
    #expect(Set(keys) == Set(FrontEndOptions.stored.fields.map(\.name)))
  }

  /// A property without a line in the table would be stored nowhere.
  @Test func everyPropertyHasItsLine() {
    let properties = Mirror(reflecting: FrontEndOptions()).children.map(\.label)
    #expect(properties == FrontEndOptions.stored.fields.map(\.name))
  }

  /// The recipe of a model of the first format, as that version wrote it.
  @Test func aStoredRecipeKeepsItsMeaning() throws {
    let json = """
      {"allowsEmptyBands":false,"amplitude":1,"binWidth":31.25,"coefficients":13,\
      "cosineScale":"orthonormal","deltaOrder":2,"deltaReach":2,"deltaRule":"regression",\
      "energy":"none","fftLength":512,"firstBin":0,"framing":"snip","highFrequency":7600,\
      "hopLength":320,"lastBin":256,"levelDecibels":null,"levelFloorDecibels":-60,"lifter":0,\
      "lifterStart":"zero","logFloor":1e-06,"logFloorRule":"add","logRange":null,\
      "logarithm":"natural","lowFrequency":20,"melBands":40,"melNormalization":"height",\
      "melPrecision":"double","melScale":"htk","melTriangles":"mel","preEmphasis":0,\
      "preEmphasisScope":"frame","precision":"single","removesOffset":false,"sampleRate":16000,\
      "spectrum":"power","subtractsClipMean":true,"window":"hann","windowLength":480,\
      "zerothLast":false}
      """
    var expected = FrontEndOptions(preset: .kws, sampleRate: 16_000)
    expected.subtractsClipMean = true
    #expect(try JSONDecoder().decode(FrontEndOptions.self, from: Data(json.utf8)) == expected)
    // And it is written with the same keys, what is off as null.
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let written = String(decoding: try encoder.encode(expected), as: UTF8.self)
    #expect(written == json)
  }

  @Test func missingAndUnknownKeysAreNamed() throws {
    let data = try JSONEncoder().encode(FrontEndOptions())
    var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    object["hopLength"] = nil
    object["hopSize"] = 160
    let changed = try JSONSerialization.data(withJSONObject: object)
    #expect(
      throws: StoredFault.keys(part: "front end", missing: ["hopLength"], unknown: ["hopSize"])
    ) {
      try JSONDecoder().decode(FrontEndOptions.self, from: changed)
    }
  }

  @Test func senselessNumbersAreRefused() {
    func refused(_ name: String, _ change: (inout FrontEndOptions) -> Void) {
      var options = FrontEndOptions()
      change(&options)
      do {
        try options.validate()
        Issue.record("\(name) was accepted")
      } catch {
        guard case .invalidOption(name, _) = error else {
          Issue.record("\(name) gave \(error)")
          return
        }
      }
    }
    refused("sampleRate") { $0.sampleRate = 0 }
    refused("fftLength") { $0.fftLength = 256 }
    refused("fftLength") { $0.fftLength = 513 }
    refused("fftLength") { $0.fftLength = 1 << 20 }
    refused("windowLength") { $0.windowLength = 0 }
    refused("hopLength") { $0.hopLength = 0 }
    refused("hopLength") { $0.hopLength = -160 }
    refused("preEmphasis") { $0.preEmphasis = .nan }
    refused("binWidth") { $0.binWidth = 62.5 }
    refused("lastBin") { $0.lastBin = 257 }
    refused("lastBin") { ($0.firstBin, $0.lastBin) = (100, 99) }
    refused("melBands") { $0.melBands = 0 }
    refused("highFrequency") { $0.highFrequency = 8_001 }
    refused("lowFrequency") { $0.lowFrequency = 7_600 }
    refused("lowFrequency") { $0.lowFrequency = -1 }
    refused("binWidth") { $0.binWidth = .nan }
    refused("levelDecibels") { $0.levelDecibels = 1 }
    refused("logRange") { $0.logRange = 0 }
    refused("melBands") { ($0.melBands, $0.highFrequency) = (1_000, 25) }
    refused("logFloor") { $0.logFloor = 0 }
    refused("coefficients") { $0.coefficients = 41 }
    refused("lifter") { $0.lifter = .infinity }
    refused("deltaOrder") { $0.deltaOrder = 3 }
  }

  @Test func normalisationsThatMakeNoSenseAreRefused() throws {
    for json in [
      #"{"mean":[1],"deviation":[1,2]}"#, #"{"mean":[],"deviation":[]}"#,
      #"{"mean":[1],"deviation":[0]}"#, #"{"mean":[1],"deviation":[-1]}"#,
      #"{"mean":[1],"deviation":[1e-45]}"#,
    ] {
      #expect(throws: FrontEndError.self, "\(json)") {
        try JSONDecoder().decode(FeatureNormalization.self, from: Data(json.utf8))
      }
    }
    let stored = FeatureNormalization(mean: [1, 2], deviation: [0.5, 3])
    let data = try JSONEncoder().encode(stored)
    #expect(try JSONDecoder().decode(FeatureNormalization.self, from: data) == stored)
  }
}
