import Foundation
import Testing

@testable import Sound

/// Stored numbers can grow: a recipe of two numbers, of which the second came later.
@Suite struct StoredFieldsTests {
  struct Recipe: Codable, Equatable {
    var rate = 1
    var gain: Double? = 5

    static let stored = StoredFields<Recipe>(fields: [
      .number("rate", \.rate, in: 1...9, "Hz"),
      .number("gain", \.gain, in: 0...10, "dB", added: (inFormat: 3, before: nil)),
    ])

    init(rate: Int, gain: Double?) { (self.rate, self.gain) = (rate, gain) }
    init(from decoder: any Decoder) throws { try Self.stored.read(&self, from: decoder) }
    func encode(to encoder: any Encoder) throws { try Self.stored.write(self, to: encoder) }
  }

  private func read(_ json: String) throws -> Recipe {
    try JSONDecoder().decode(Recipe.self, from: Data(json.utf8))
  }

  /// The default of the property is 5; an older file means nil.
  @Test(arguments: [#"{"rate":2}"#, #"{"rate":2,"format":2}"#])
  func anOlderFormatIsMigrated(json: String) throws {
    #expect(try read(json) == Recipe(rate: 2, gain: nil))
  }

  @Test func theNewestFormatIsWrittenAndRead() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    for (gain, text) in [(nil, "null"), (2.5, "2.5")] as [(Double?, String)] {
      let recipe = Recipe(rate: 3, gain: gain)
      let json = String(decoding: try encoder.encode(recipe), as: UTF8.self)
      #expect(json == #"{"format":3,"gain":\#(text),"rate":3}"#)
      #expect(try read(json) == recipe)
    }
  }

  @Test func aMissingKeyIsNeverGuessed() {
    #expect(throws: FrontEndError.keys(missing: ["gain"], unknown: [])) {
      try read(#"{"rate":2,"format":3}"#)
    }
    // A key that its format did not have.
    #expect(throws: FrontEndError.keys(missing: [], unknown: ["gain"])) {
      try read(#"{"rate":2,"gain":1}"#)
    }
    #expect(throws: FrontEndError.keys(missing: ["rate"], unknown: ["speed"])) {
      try read(#"{"speed":2}"#)
    }
  }

  @Test(arguments: [0, 4]) func anotherFormatIsRefusedByItsNumber(format: Int) {
    #expect(throws: FrontEndError.unknownFormat(stored: format, newest: 3)) {
      try read(#"{"rate":2,"gain":1,"format":\#(format)}"#)
    }
  }

  @Test func rangesAreToldWithTheirUnit() {
    let problems = Recipe.stored.fields.map { $0.problem(Recipe(rate: 10, gain: .nan)) }
    #expect(problems == ["10 Hz is outside 1 to 9 Hz", "nan dB is outside 0.0 to 10.0 dB"])
    #expect(Recipe.stored.fields.allSatisfy { $0.problem(Recipe(rate: 9, gain: nil)) == nil })
  }
}
