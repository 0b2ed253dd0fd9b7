import Foundation
import TestSupport
import Testing

@testable import kws

/// `--config`: the names of the command line, which itself wins; a run's own config trains again.
@Suite struct ConfigTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()

  private func train(_ config: String, _ more: String...) -> Program.Output {
    folder.write("c.json", text: config)
    let arguments =
      ["train", "tones", "--out", folder["run"].string, "--config", folder["c.json"].string] + more
    return program.run(arguments: arguments.map { Array($0.utf8) })
  }

  @Test func aRunsConfigTrainsTheSameModel() {
    let config = TemporaryFolder.text(CommandFixture.folder["run/config.json"])!
    let output = train(config, "--threads", "1")
    #expect(output.code == 0, "\(output.errors)")
    #expect(
      TemporaryFolder.read(folder["run/model.safetensors"])
        == TemporaryFolder.read(CommandFixture.folder["trained.safetensors"]))
    #expect(TemporaryFolder.text(folder["run/config.json"]) == config)
  }

  @Test func clipsBeyondTheMemoryChangeNothing() {
    let config = TemporaryFolder.text(CommandFixture.folder["run/config.json"])!
    let output = train(config, "--memory", "64k")
    #expect(output.errors.contains("decoded clips: more than 64K (--memory)"), "\(output.errors)")
    #expect(
      TemporaryFolder.read(folder["run/model.safetensors"])
        == TemporaryFolder.read(CommandFixture.folder["trained.safetensors"]))
    #expect(TemporaryFolder.text(folder["run/config.json"]) == config)
  }

  @Test func theCommandLineWins() throws {
    let output = train(
      "{\"epochs\": 1, \"hidden\": 4, \"layers\": 1, \"words\": [\"low\", \"mid\"], \"quiet\": true}",
      "--hidden", "5")
    #expect(output.code == 0 && output.errors.isEmpty, "\(output)")
    let text = try #require(TemporaryFolder.text(folder["run/config.json"]))
    let config = try JSONSerialization.jsonObject(with: Data(text.utf8)) as! [String: Any]
    #expect(config["hidden"] as? Int == 5 && config["epochs"] as? Int == 1)
    #expect(config["words"] as? String == "low,mid")
  }

  @Test(arguments: [
    ("{\"hiden\": 4}", "there is no option \"hiden\"; did you mean \"hidden\"?"),
    ("{\"config\": \"x\"}", "there is no option \"config\""),
    ("{\"resume\": \"x\"}", "there is no option \"resume\""),
    ("{\"hidden\": null}", "\"hidden\" must be"), ("{\"hidden\": {}}", "\"hidden\" must be"),
    ("{\"words\": [1]}", "\"words\" must be"), ("[]", "expected an object"),
    ("{\"hidden\": 4, \"hidden\": 5}", "duplicate key"), ("{", "not valid JSON"),
    ("{\"format\": 4}", "c.json: format 4; this program reads up to 3: update kws"),
    ("{\"format\": \"2\"}", "c.json: it has no format number"),
  ])
  func aBadConfigIsNamed(_ config: String, _ words: String) {
    let output = train(config)
    #expect(output.code == 65 && output.isOneError, "\(output)")
    #expect(output.errors.contains("c.json") && output.errors.contains(words), "\(output.errors)")
  }

  @Test func aValueOfTheWrongKindIsUsage() {
    for config in ["{\"hidden\": \"many\"}", "{\"hidden\": 4.5}", "{\"hidden\": true}"] {
      let output = train(config)
      #expect(output.code == 64 && output.errors.contains("hidden"), "\(config): \(output)")
    }
  }

  /// Every value of the wrong kind blames the file and the name, never what stands after it.
  @Test(arguments: [
    ("{\"epochs\": true}", "\"epochs\" needs a value, not true"),
    ("{\"epochs\": false}", "\"epochs\" needs a value, not false"),
    ("{\"words\": true}", "\"words\" needs a value, not true"),
    ("{\"strict\": 3}", "\"strict\" must be true or false"),
    ("{\"balance\": \"yes\"}", "\"balance\" must be true or false"),
  ])
  func aFlagIsNoValueAndAValueNoFlag(_ config: String, _ words: String) {
    let output = train(config)
    #expect(output.code == 64 && output.isOneError, "\(output)")
    #expect(output.errors.contains("c.json: \(words)"), "\(output.errors)")
  }

  @Test func theFlagsAreThoseOfTheHelp() {
    let help = program.run("train", "--help").text
    for (name, kind) in TrainCommand.kinds {
      #expect(help.contains("--\(name) <") == (kind == .value), "\(name)")
    }
  }

  @Test func memoryIsAnOption() {
    let output = train(
      "{\"epochs\": 1, \"hidden\": 4, \"layers\": 1, \"memory\": \"64k\"}", "--threads", "1")
    #expect(output.code == 0, "\(output)")
    #expect(output.errors.contains("decoded clips: more than 64K (--memory)"), "\(output.errors)")
  }

  /// The names that a config file may hold are those of the help text, but for those of one run.
  @Test func theNamesAreThoseOfTheHelp() {
    let help = program.run("train", "--help").text
    var names: Set<String> = []
    for line in help.split(separator: "\n") where line.hasPrefix("  --") {
      let words = line.dropFirst(2).split { " /<=".contains($0) }
      names.formUnion(words.prefix { $0.hasPrefix("--") }.map { String($0.dropFirst(2)) })
    }
    let switches = names.filter { $0.hasPrefix("no-") }.map { String($0.dropFirst(3)) }
    #expect(Set(TrainCommand.kinds.filter { $0.value == .toggle }.keys) == Set(switches))
    let ofOneRun: Set<String> = ["config", "resume", "version", "help"]
    #expect(
      Set(TrainCommand.kinds.keys) == names.filter { !$0.hasPrefix("no-") }.subtracting(ofOneRun))
  }

  /// Every name that a run's config.json can hold is an option, and is accepted again.
  @Test func everyNameIsAnOption() throws {
    let text = try #require(TemporaryFolder.text(CommandFixture.folder["run/config.json"]))
    let config = try JSONSerialization.jsonObject(with: Data(text.utf8)) as! [String: Any]
    #expect(Set(config.keys).subtracting(["format"]).isSubset(of: TrainCommand.kinds.keys))
    #expect(config.count > 30 && config["format"] as? Int == 3)
  }

  /// A config of a training with a model to start from, by a kws of before config files had a number.
  @Test func aConfigOfFormatOneIsTaken() throws {
    let path = FixtureFiles.root.appending("stored/config-1.json").string
    let arguments = try ConfigFile.expanded(["train", "tones", "--config", path])
    #expect(arguments.contains("--from=built-in") && arguments.contains("--freeze=1"))
    #expect(!arguments.contains { $0.hasPrefix("--max-clip-seconds") || $0.contains("format") })
    #expect(arguments.suffix(3) == ["tones", "--config", path])
  }
}
