import Foundation
import Testing

@testable import Sound

@Suite struct FrontEndOptionsTests {
  @Test(arguments: FrontEndPreset.allCases)
  func jsonKeepsEverything(preset: FrontEndPreset) throws {
    var options = FrontEndOptions(preset: preset, sampleRate: 16_000)
    options.levelDecibels = -20
    let data = try JSONEncoder().encode(options)
    #expect(try JSONDecoder().decode(FrontEndOptions.self, from: data) == options)
    let keys = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any]).keys
    #expect(Set(keys) == Set(FrontEndOptions.CodingKeys.allCases.map(\.rawValue)))
    #expect(keys.count == Mirror(reflecting: options).children.count)
  }

  @Test func missingAndUnknownKeysAreNamed() throws {
    let data = try JSONEncoder().encode(FrontEndOptions())
    var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    object["hopLength"] = nil
    object["hopSize"] = 160
    let changed = try JSONSerialization.data(withJSONObject: object)
    #expect(throws: FrontEndError.keys(missing: ["hopLength"], unknown: ["hopSize"])) {
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
