import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import kws

/// What a newcomer meets first: the way to begin, and what Scripts/install puts on the machine.
@Suite struct InstallTests {
  private let folder = TemporaryFolder()

  @Test func aloneItShowsTheWaysToBegin() {
    let output = CommandFixture.program.run()
    #expect(output.code == 0 && output.errors.isEmpty, "\(output)")
    for way in ["kws train recordings/", "kws classify clip.wav", "kws listen", "kws --help"] {
      #expect(output.text.contains("  \(way)") || output.text.contains("\n\(way)"), "\(way)")
    }
    let unknown = CommandFixture.program.run("lern")
    #expect(unknown.code == 64, "\(unknown)")
  }

  private static var bin: FilePath { Program.executable.removingLastComponent() }

  private static var hasManualTool: Bool {
    FileManager.default.isExecutableFile(atPath: bin.appending("generate-manual").string)
  }

  /// The parser's tool makes the pages.
  @Test(.enabled(if: hasManualTool, "swift build --product generate-manual makes what is missing"))
  func everyCommandHasAManualPage() throws {
    let bin = Self.bin
    let script = Repository.root.appending("Scripts/install")
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = [script.string, folder["usr"].string]
    process.environment = [
      "KWS_BIN": bin.string, "PATH": "/usr/bin:/bin", "HOME": folder["home"].string,
      "TMPDIR": "/tmp",
    ]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let names = Kws.configuration.subcommands.map { $0.configuration.commandName ?? "" }
    #expect(names.count > 10)
    let pages = TemporaryFolder.names(in: folder["usr/share/man/man1"])
    #expect(Set(pages).isSuperset(of: names.map { "kws.\($0).1" } + ["kws.1"]))
    let page = try #require(TemporaryFolder.text(folder["usr/share/man/man1/kws.evaluate.1"]))
    #expect(page.contains(".It Fl -alarm-audio Ar path") && page.contains("kws evaluate"))
    for (file, word) in [
      ("bash-completion/completions/kws", "--alarm-audio"),
      ("zsh/site-functions/_kws", "#compdef kws"),
      ("fish/vendor_completions.d/kws.fish", "complete -c"),
    ] {
      let text = try #require(TemporaryFolder.text(folder["usr/share/\(file)"]), "\(file)")
      #expect(text.contains(word), "\(file)")
      for name in names { #expect(text.contains(name), "\(file): \(name)") }
    }
    #expect(
      FileManager.default.isExecutableFile(atPath: folder["usr/bin/kws"].string))
  }
}
