import TestSupport
import Testing

@testable import Basics
@testable import Recognition
@testable import Sound

/// A stream of sound gives the windows of the recording, whatever the pieces, and every window the
/// posteriors of a clip of its samples.
@Suite struct SessionTests {
  /// Two and a half seconds of noise with a tone in the middle, at 8 kHz.
  private static let samples: [Float] = {
    var generator = SeededGenerator(seed: 4)
    let tone = ToneDataset.tone(600, seconds: 0.9, seed: 2)
    return (0..<20_333).map { index in
      let noise = Float(generator.uniform(-0.1, 0.1))
      return tone.indices.contains(index - 7_000) ? noise + tone[index - 7_000] : noise
    }
  }()

  /// A recipe whose windows share frames (with slopes and the window's own mean), and one whose
  /// windows are analysed one by one.
  enum Recipe: CaseIterable { case shared, alone }

  private static func model(_ recipe: Recipe) -> KeywordModel {
    var model = ModelFixture.model()
    switch recipe {
    case .shared:
      model.frontEnd.deltaOrder = 1
      model.frontEnd.coefficients = 20
      model.frontEnd.subtractsClipMean = true
    case .alone: model.frontEnd.levelDecibels = -26
    }
    return model
  }

  /// The rule, written down: a window every hop while one fits, then one that ends with the
  /// recording but for less than a frame's hop.
  private static func ranges(_ count: Int, length: Int, hop: Int, frameHop: Int) -> [Range<Int>] {
    guard count > length else { return [0..<count] }
    var starts = Array(stride(from: 0, through: count - length, by: hop))
    let last = (count - length) / frameHop * frameHop
    if last > starts.last! { starts.append(last) }
    return starts.map { $0..<$0 + length }
  }

  private func run(_ session: Session, _ samples: [Float], piece: Int) throws -> [Session.Window] {
    var windows: [Session.Window] = []
    for start in stride(from: 0, to: samples.count, by: piece) {
      windows += try session.push(Array(samples[start..<min(samples.count, start + piece)]))
    }
    return try windows + session.finish()
  }

  @Test(arguments: Recipe.allCases) func piecesDoNotMatter(_ recipe: Recipe) throws {
    let recogniser = Recogniser(Self.model(recipe))
    let whole = try run(recogniser.session(), Self.samples, piece: Self.samples.count)
    #expect(
      whole.map(\.range)
        == Self.ranges(Self.samples.count, length: 8_000, hop: 2_000, frameHop: 80))
    let session = recogniser.session()
    for piece in [7, 160, 4_096] {
      #expect(try run(session, Self.samples, piece: piece) == whole)
      session.reset()
    }
    let few = Array(Self.samples[..<8_100])
    #expect(
      try run(session, few, piece: 1) == run(recogniser.session(), few, piece: few.count))
  }

  @Test(arguments: Recipe.allCases) func aWindowAnswersAsAClipOfItsSamples(
    _ recipe: Recipe
  ) throws {
    let model = Self.model(recipe)
    let windows = try run(Recogniser(model).session(), Self.samples, piece: 1_000)
    let format = AudioFormat(
      container: "none", encoding: "none", sampleRate: 8_000, channels: 1, frames: 0)
    let clips = windows.map {
      ClipSource.clip(
        Clip(samples: Array(Self.samples[$0.range]), sampleRate: 8_000, source: format))
    }
    let answers = Classifier(model, threads: 2).classify(clips).map { try! $0.get() }
    #expect(answers.count == 8)
    for (window, answer) in zip(windows, answers) {
      #expect(answer.windowCount == 1)
      #expect(window.posteriors == answer.probabilities)
    }
  }

  /// Every length around the shortest clip and around one and two windows.
  @Test(arguments: Recipe.allCases) func everyLengthIsRecognisedToItsEnd(_ recipe: Recipe) throws {
    let recogniser = Recogniser(Self.model(recipe))
    for count in [1, 1_999, 2_000, 2_001, 7_999, 8_000, 8_001, 8_079, 8_080, 10_000, 10_079] {
      let windows = try recogniser.windows(of: Array(Self.samples[..<count]))
      #expect(
        windows.map(\.range) == Self.ranges(count, length: 8_000, hop: 2_000, frameHop: 80))
      let reference = try recogniser.frontEnds.lend { frontEnd in
        try windows.map { window in
          try frontEnd.features(
            of: recogniser.window.padded(Array(Self.samples[window.range]), sampleRate: 8_000))
        }
      }
      #expect(windows.map(\.features) == reference)
    }
  }

  @Test func theStepIsTheCallers() throws {
    let recogniser = Recogniser(Self.model(.shared))
    let windows = try run(
      recogniser.session(stepSeconds: 0.05), Self.samples, piece: 5_000)
    #expect(
      windows.map(\.range)
        == Self.ranges(Self.samples.count, length: 8_000, hop: 400, frameHop: 80))
    // The model's own step is five of these.
    let own = try run(recogniser.session(), Self.samples, piece: 5_000)
    for window in own { #expect(windows.contains(window)) }
  }

  @Test func aSampleThatIsNoNumberIsAnError() throws {
    let model = Self.model(.shared)
    var samples = Self.samples
    samples[12_000] = .nan
    #expect(throws: FrontEndError.self) {
      try run(Recogniser(model).session(), samples, piece: 4_096)
    }
    let format = AudioFormat(
      container: "none", encoding: "none", sampleRate: 8_000, channels: 1, frames: samples.count)
    let result = Classifier(model, threads: 1).classify([
      .clip(Clip(samples: samples, sampleRate: 8_000, source: format))
    ])[0]
    #expect(throws: AudioError.self) { try result.get() }
  }
}
