import Foundation
import Testing

@testable import Basics

/// Stored numbers can grow: a recipe of two numbers, of which the second came later.
@Suite struct StoredFieldsTests {
  struct Recipe: Codable, Equatable {
    var rate = 1
    var gain: Double? = 5
    var isLoud = true

    static let stored = StoredFields<Recipe>(
      "recipe",
      fields: [
        .number("rate", \.rate, in: 1...9, "Hz"),
        .number("gain", \.gain, in: 0...10, "dB", added: (inFormat: 3, before: nil)),
        .choice("isLoud", \.isLoud, added: (inFormat: 2, before: false)),
      ])

    init(rate: Int, gain: Double?, isLoud: Bool = false) {
      (self.rate, self.gain, self.isLoud) = (rate, gain, isLoud)
    }
    init(from decoder: any Decoder) throws { try Self.stored.read(&self, from: decoder) }
    func encode(to encoder: any Encoder) throws { try Self.stored.write(self, to: encoder) }
  }

  private func read(_ json: String) throws -> Recipe {
    try JSONDecoder().decode(Recipe.self, from: Data(json.utf8))
  }

  /// The defaults of the properties are 5 and true; an older file means nil and false.
  @Test func anOlderFormatIsMigrated() throws {
    #expect(try read(#"{"rate":2}"#) == Recipe(rate: 2, gain: nil))
    #expect(try read(#"{"rate":2,"isLoud":true,"format":2}"#).isLoud)
    #expect(try read(#"{"rate":2,"isLoud":true,"format":2}"#).gain == nil)
  }

  /// A file keeps its bytes, and older programs read it, as long as it says nothing new.
  @Test(arguments: [
    (Recipe(rate: 3, gain: nil), #"{"rate":3}"#),
    (Recipe(rate: 3, gain: nil, isLoud: true), #"{"format":2,"isLoud":true,"rate":3}"#),
    (Recipe(rate: 3, gain: 2.5), #"{"format":3,"gain":2.5,"isLoud":false,"rate":3}"#),
  ])
  func theOldestFormatThatHoldsItIsWritten(recipe: Recipe, text: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(String(decoding: try encoder.encode(recipe), as: UTF8.self) == text)
    #expect(try read(text) == recipe)
  }

  @Test func aMissingKeyIsNeverGuessed() {
    #expect(throws: StoredFault.keys(part: "recipe", missing: ["gain"], unknown: [])) {
      try read(#"{"rate":2,"isLoud":true,"format":3}"#)
    }
    // A key that its format did not have.
    #expect(throws: StoredFault.keys(part: "recipe", missing: [], unknown: ["gain"])) {
      try read(#"{"rate":2,"gain":1}"#)
    }
    #expect(throws: StoredFault.keys(part: "recipe", missing: ["rate"], unknown: ["speed"])) {
      try read(#"{"speed":2}"#)
    }
  }

  @Test(arguments: [0, 4]) func anotherFormatIsRefusedByItsNumber(format: Int) {
    #expect(throws: StoredFault.newer(part: "recipe", found: format, supported: 3)) {
      try read(#"{"rate":2,"gain":1,"format":\#(format)}"#)
    }
  }

  @Test func rangesAreToldWithTheirUnit() {
    let problems = Recipe.stored.fields.map { $0.problem(Recipe(rate: 10, gain: .nan)) }
    #expect(problems == ["10 Hz is outside 1 to 9 Hz", "nan dB is outside 0.0 to 10.0 dB", nil])
    let first = Recipe.stored.problem(in: Recipe(rate: 10, gain: .nan))
    #expect(first?.name == "rate" && Recipe.stored.problem(in: Recipe(rate: 9, gain: 1)) == nil)
    #expect(Recipe.stored.fields.allSatisfy { $0.problem(Recipe(rate: 9, gain: nil)) == nil })
  }

  /// Single numbers are replaced; a whole file of an older format means what it meant.
  @Test func someNumbersOrAllAreChanged() throws {
    struct Changed: Decodable {
      var recipe = Recipe(rate: 1, gain: 4, isLoud: true)
      init(from decoder: any Decoder) throws { try Recipe.stored.change(&recipe, from: decoder) }
    }
    func changed(_ json: String) throws -> Recipe {
      let changed = try JSONDecoder().decode(Changed.self, from: Data(json.utf8))
      return changed.recipe
    }
    #expect(try changed(#"{"gain":null}"#) == Recipe(rate: 1, gain: nil, isLoud: true))
    #expect(try changed("{}") == Recipe(rate: 1, gain: 4, isLoud: true))
    #expect(try changed(#"{"rate":2}"#) == Recipe(rate: 2, gain: nil))
    #expect(throws: StoredFault.keys(part: "recipe", missing: [], unknown: ["speed"])) {
      try changed(#"{"speed":2}"#)
    }
    #expect(throws: StoredFault.newer(part: "recipe", found: 4, supported: 3)) {
      try changed(#"{"format":4}"#)
    }
  }
}
