import CKws
import SystemPackage
import TestSupport
import Testing

/// Models with damaged bytes, opened from memory: each is refused with one sentence, or recognises.
@Suite struct DamageTests {
  /// Draws the same numbers in every run.
  private struct Draw {
    var state: UInt64

    /// A number from 0 to below `bound`.
    mutating func callAsFunction(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  private static let model = TemporaryFolder.read(
    Repository.fixtures.appending("models/format-3.safetensors"))!
  /// Eight bytes with the length of the header, and the header.
  private static let headerEnd = 8 + model.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }

  /// A kind of damage.
  enum Damage: CaseIterable {
    /// Some bytes are others.
    case bytes
    /// A number in the header is another one of as many digits: a size, a rate, an offset.
    case digits
    /// The header is longer or shorter than it says.
    case length
    /// The end is missing, or there is more.
    case cut, longer
    /// There is no model at all.
    case noise
  }

  private static func damaged(_ damage: Damage, _ draw: inout Draw) -> [UInt8] {
    var model = model
    switch damage {
    case .bytes: for _ in 0...draw(3) { model[draw(model.count)] = UInt8(draw(256)) }
    case .digits:
      let isDigit = model.prefix(headerEnd).map { (48...57).contains($0) }
      let starts = (8..<headerEnd).filter { isDigit[$0] && !isDigit[$0 - 1] }
      let isHuge = draw(2) == 0
      for place in (starts[draw(starts.count)]..<headerEnd).prefix(while: { isDigit[$0] }) {
        model[place] = isHuge ? 57 : UInt8(48 + draw(10))
      }
    case .length: model[draw(8)] ^= UInt8(1 + draw(255))
    case .cut: model.removeLast(1 + draw(model.count))
    case .longer: model += (0...draw(64)).map { _ in 0 }
    case .noise: model = (0..<draw(256)).map { _ in UInt8(draw(256)) }
    }
    return model
  }

  @Test(.timeLimit(.minutes(1)), arguments: Damage.allCases)
  func noDamageIsFatal(damage: Damage) throws {
    // A second of sound at the model's rate, 8 kHz.
    let samples = (0..<8_000).map { Float($0 % 40) / 40 - 0.5 }
    var draw = Draw(state: 1)
    var opened = 0
    for run in 0..<80 {
      let bytes = Self.damaged(damage, &draw)
      let handle = kws_open_memory(bytes, bytes.count, nil)!
      defer { kws_close(handle) }
      let status = kws_last_status(handle)
      let error = kws_error(handle).map { String(cString: $0) } ?? ""
      guard status == KWS_OK else {
        #expect(status == KWS_BAD_DATA && error.hasPrefix("memory: "), "run \(run): \(error)")
        continue
      }
      opened += 1
      var answer = kws_answer()
      answer.size = MemoryLayout<kws_answer>.size
      #expect(kws_push(handle, samples, samples.count) == KWS_OK, "run \(run)")
      #expect(kws_classify(handle, samples, samples.count, &answer) == KWS_OK, "run \(run)")
      #expect(answer.class_count > 0 && answer.probabilities[0].isFinite, "run \(run)")
    }
    switch damage {
    case .bytes, .digits: #expect((1..<80).contains(opened))
    case .length, .cut, .longer, .noise: #expect(opened == 0)
    }
  }

  @Test func theWholeModelOpens() {
    let handle = kws_open_memory(Self.model, Self.model.count, nil)!
    #expect(kws_last_status(handle) == KWS_OK && kws_sample_rate(handle) == 8_000)
    kws_close(handle)
    for (bytes, count) in [(nil, 1), (nil, 0), (Self.model, 0), (Self.model, -1)] {
      let refused = kws_open_memory(bytes, count, nil)!
      #expect(kws_last_status(refused) != KWS_OK && kws_class_count(refused) == 0)
      kws_close(refused)
    }
  }
}
