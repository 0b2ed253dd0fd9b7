import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Exporting
@testable import Neural
@testable import Recognition
@testable import Sound

/// The code compiles everywhere without a warning and finds what kws finds.
@Suite struct CExportTests {
  private let folder = TemporaryFolder()

  /// A compiler, and what runs its programs where that is no processor of this machine.
  struct Target: Sendable, CustomTestStringConvertible {
    var compiler: [FilePath]
    var emulator: FilePath?
    var testDescription: String { compiler.map(\.string).joined(separator: " ") }

    /// Whether both are installed.
    var isThere: Bool {
      let scratch = TemporaryFolder()
      return [compiler[0], emulator].compactMap(\.self).allSatisfy {
        ExternalProgram.run([$0, "--version"], scratch: scratch.path).code == 0
      }
    }

    static let native = [
      Target(compiler: ["gcc", "-std=c99"]), Target(compiler: ["clang", "-std=c99"]),
      Target(compiler: ["g++", "-std=c++11", "-x", "c++"]),
      Target(compiler: ["clang++", "-std=c++11", "-x", "c++"]),
    ]
    static let foreign = [
      ("aarch64-linux-gnu", "aarch64"), ("arm-linux-gnueabihf", "arm"),
      // Big-endian.
      ("s390x-linux-gnu", "s390x"),
    ].map { name, processor in
      Target(
        compiler: [FilePath("\(name)-gcc"), "-std=c99", "-static"],
        emulator: FilePath("qemu-\(processor)-static"))
    }
    static let installed = (native + foreign).filter(\.isThere)
  }

  /// Compiles the code with its test and runs it.
  private func check(
    _ export: CExport, on target: Target = Target(compiler: ["cc", "-std=c99"])
  ) throws -> ExternalProgram.Outcome {
    try export.write(to: folder.path)
    let program = folder["program"]
    for test in ["example.c", "kws_model_test.c"] {
      let outcome = ExternalProgram.run(
        target.compiler + [
          "-O1", "-ffp-contract=off", "-Wall", "-Wextra", "-pedantic", "-Wconversion", "-Werror",
          "-o", program, folder[test], folder["kws_model.c"], "-lm",
        ], scratch: folder.path)
      if outcome.code != 0 { return outcome }
    }
    return ExternalProgram.run([target.emulator, program].compactMap(\.self), scratch: folder.path)
  }

  private func expectEqual(_ export: CExport, _ comment: Comment? = nil) throws {
    let outcome = try check(export)
    #expect(outcome.code == 0, "\(comment ?? "") \(outcome.errors)")
  }

  /// Where a compiler or an emulator is not installed, its line says so.
  @Test(arguments: Target.native + Target.foreign, ExportedWeights.allCases)
  func everyMachineGivesTheSame(_ target: Target, _ weights: ExportedWeights) throws {
    guard Target.installed.contains(where: { $0.compiler == target.compiler }) else {
      print("skipped: \(target.testDescription) is not installed")
      return
    }
    let export = try CExport(ExportFixture.model(layers: 2), weights: weights)
    let outcome = try check(export, on: target)
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  @Test(arguments: Pooling.allCases, Directions.allCases)
  func networksGiveTheSame(_ pooling: Pooling, _ directions: Directions) throws {
    for layers in [1, 3] {
      let model = ExportFixture.model(layers: layers, directions: directions, pooling: pooling)
      try expectEqual(try CExport(model), "\(layers) layers")
    }
  }

  @Test func stagesGiveTheSame() throws {
    let changes: [(inout FrontEndOptions) -> Void] = [
      { $0 = .kaldi(8_000) }, { $0.spectrum = .periodogram }, { $0.spectrum = .magnitude },
      { ($0.energy, $0.firstBin, $0.lowFrequency) = (.spectrum, 3, 200) },
      { $0.energy = .frame }, { ($0.deltaOrder, $0.subtractsClipMean) = (1, true) },
      { ($0.deltaOrder, $0.deltaRule, $0.deltaReach) = (2, .savitzkyGolay, 3) },
      { ($0.zerothLast, $0.lifter, $0.logFloorRule) = (true, 22, .replaceZero) },
      { ($0.logarithm, $0.deltaOrder, $0.hopLength) = (.decibels, 0, 400) },
    ]
    for change in changes {
      var options = FrontEndOptions(preset: .kws, sampleRate: 8_000)
      change(&options)
      try expectEqual(try CExport(ExportFixture.model(frontEnd: options)), "\(options)")
    }
  }

  /// Windows that are not a whole number of frames' hops long, that follow without overlap, and clips
  /// that are never padded.
  @Test func windowsAreCutAlike() throws {
    for (minimum, maximum, hop) in [(0.25, 0.777, 0.1), (0.05, 0.5, 0.5), (0.3, 0.3, 0.009)] {
      var model = ExportFixture.model()
      model.window = ClipWindow(
        minimumSeconds: minimum, maximumSeconds: maximum, hopSeconds: hop)
      try expectEqual(try CExport(model), "\(model.window)")
    }
  }

  /// What the test is worth: a number of the model that is changed fails it.
  @Test(arguments: [
    "kws_model_window[FRAME]", "kws_model_mel_weights[]",
    "kws_model_slopes[ORDERS * (2 * REACH + 1)]",
    "kws_model_l1_reverse_recurrent[5 * GATES]", "kws_model_output_bias[CLASSES]",
  ])
  func aChangedNumberFailsTheTest(_ table: String) throws {
    let options = FrontEndOptions(preset: .kws, sampleRate: 8_000)
    let export = try CExport(ExportFixture.model(layers: 2, frontEnd: options))
    #expect(try check(export).code == 0)
    var text = try #require(TemporaryFolder.text(folder["kws_model.c"]))
    let start = try #require(text.range(of: "float \(table) = {\n")).upperBound
    // Of a table, the numbers of its first line.
    let end = try #require(text[start...].firstIndex(of: "\n"))
    let numbers = text[start..<end].split(separator: ",")
    text.replaceSubrange(start..<end, with: numbers.indices.map { "0.\($0 % 9)f," }.joined())
    folder.write("kws_model.c", text: text)
    let program = folder["changed"]
    let compiled = ExternalProgram.run(
      ["cc", "-o", program, folder["kws_model_test.c"], folder["kws_model.c"], "-lm"],
      scratch: folder.path)
    try #require(compiled.code == 0, "\(compiled.errors)")
    #expect(ExternalProgram.run([program], scratch: folder.path).code == 1)
  }

  @Test func whatTheCodeCannotDoIsRefusedByItsOption() throws {
    let changes: [(String, (inout FrontEndOptions) -> Void)] = [
      ("framing: centredZeros", { $0.framing = .centredZeros }),
      ("levelDecibels: -20.0", { $0.levelDecibels = -20 }),
      ("logRange: 80.0", { $0.logRange = 80 }),
      ("preEmphasisScope: clip", { ($0.preEmphasis, $0.preEmphasisScope) = (0.97, .clip) }),
      ("precision: double", { $0.precision = .double }),
      ("fftLength: 240", { ($0.fftLength, $0.binWidth, $0.lastBin) = (240, 8_000 / 240, 120) }),
    ]
    for (text, change) in changes {
      var options = FrontEndOptions(preset: .kws, sampleRate: 8_000)
      options.melBands = 20
      change(&options)
      let model = ExportFixture.model(frontEnd: options)
      let error = #expect(throws: ExportError.self) { try CExport(model) }
      #expect(
        error?.description.hasPrefix("front end option \(text) cannot be exported as C: ") == true,
        "\(error.debugDescription)")
    }
  }

  /// A stranger's labels and names stay text.
  @Test func namesCannotBecomeCode() throws {
    var model = ExportFixture.model()
    model.labels = ["*/ int x; /*", "\"; int y;\\", "??/\n\u{1}9", "ß"]
    try expectEqual(try CExport(model, name: "*/ int z; //\n#error"))
    #expect(CText.literal("a\"\\?\n9é") == #""a\"\\\?\0129\303\251""#)
    #expect(CText.comment("*/x\n") == "_/x_")
  }

  @Test func rowsAreRoundedByTheirOwnLargest() {
    let rows = QuantizedRows([1, -0.5, 0.254, 0, 0, 0, 100, 50, -127], rows: 3)
    #expect(rows.values == [127, -64, 32, 0, 0, 0, 100, 50, -127])
    #expect(rows.scales == [1 / 127, 1, 1])
    #expect(rows.restored[6...] == [100, 50, -127])
  }
}
