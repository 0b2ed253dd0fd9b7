import Foundation
import SystemPackage
import TestSupport
import Testing

/// The example, compiled and linked with the library, hears what `kws listen` hears.
@Suite struct ExampleTests {
  private static let hasCompiler = ["/usr/bin/cc", "/usr/bin/c++"].allSatisfy {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  private let folder = TemporaryFolder()

  private func run(_ arguments: [String], input: FilePath? = nil) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: arguments[0])
    process.arguments = Array(arguments.dropFirst())
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    if let input { process.standardInput = FileHandle(forReadingAtPath: input.string) }
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(arguments): \(text)")
    return text
  }

  /// The events of the command, as the example prints them.
  private func expected(_ bytes: [UInt8], at rate: Int) throws -> [String] {
    var program = Program(in: folder.path)
    program.environment["HOME"] = folder.path.string
    let output = program.run(
      "listen", "-", "--raw", "s16le:\(rate):1", "--json", "--quiet", input: bytes)
    return try output.text.split(separator: "\n").map { line in
      let event = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let (start, decided) = (event["start"] as! Double, event["decided"] as! Double)
      return String(format: "%.3f %.3f ", start, decided) + (event["label"] as! String)
        + String(format: " %.6f", event["probability"] as! Double)
    }
  }

  @Test(.enabled(if: hasCompiler, "needs cc and c++"))
  func itHearsWhatTheCommandHears() throws {
    let library = Program.executable.removingLastComponent()
    let example = Repository.root.appending("Examples/listen.c").string
    let strict = ["-Wall", "-Wextra", "-pedantic", "-Werror"]
    let header = "-I" + Repository.root.appending("Sources/CKws").string
    _ = try run(
      ["/usr/bin/cc", "-std=c99"] + strict + [
        header, example, "-o", folder["listen"].string, "-L\(library)", "-lkws-library",
        "-Wl,-rpath,\(library)",
      ])
    let source = folder.write("a.cpp", text: "#include <kws.h>\nint main() { return 0; }\n")
    _ = try run(["/usr/bin/c++", "-fsyntax-only"] + strict + [header, source.string])

    for rate in [8_000, 16_000, 44_100, 48_000] {
      let bytes = try Words.stream(at: rate).flatMap { sample in
        let bits = UInt16(bitPattern: Int16(max(-1, min(1, sample)) * 32_767))
        return [UInt8(bits & 0xFF), UInt8(bits >> 8)]
      }
      let heard = try run(
        [folder["listen"].string, "\(rate)"], input: folder.write("a.raw", bytes))
      let expected = try expected(bytes, at: rate)
      #expect(expected.count == 3, "\(rate) Hz")
      #expect(heard.split(separator: "\n").map(String.init) == expected, "\(rate) Hz")
    }
  }

  /// The list for the linker has each function of the header.
  @Test func theInstalledLibraryShowsTheHeadersFunctions() throws {
    func names(_ file: String, _ pattern: Regex<(Substring, Substring)>) throws -> [String] {
      let text = try #require(
        TemporaryFolder.text(Repository.root.appending("Sources/CKws/\(file)")))
      return text.matches(of: pattern).map { String($0.1) }
    }
    let declared = try names("kws.h", /(?m)^\w[\w \*]*\b(kws_\w+)\(/)
    #expect(declared.count == 19)
    #expect(try names("kws.map", /(kws_\w+);/) == declared)
  }
}
