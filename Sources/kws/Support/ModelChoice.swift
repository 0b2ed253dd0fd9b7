import ArgumentParser
import Glibc
import KeywordSpotting
import SystemPackage

/// `--model`, and where a model comes from without it.
struct ModelChoice: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Model file, or run folder.",
      discussion: """
        Without it: $KWS_MODEL, else the model of runs/latest, else the built-in one (yes, no, up, \
        down, left, right, on, off, stop, go).
        """, valueName: "path"))
  var model: String?

  /// Reads the model and says on standard error which one it is, unless that was asked for by name.
  func load(quiet: Bool) throws -> (model: KeywordModel, path: FilePath) {
    if let model {
      let path = Self.file(RawArguments.path(model))
      return (try KeywordModel(contentsOf: path), path)
    }
    let path = Self.unnamed
    if !quiet { StandardError.line("kws: model \(path ?? Self.builtIn)") }
    return (try path.map { try KeywordModel(contentsOf: $0) } ?? .builtIn(), path ?? Self.builtIn)
  }

  /// What stands for the path of the model in the executable.
  private static let builtIn: FilePath = "built-in (Speech Commands)"

  /// The model that nobody named: from the environment, or of the newest run; nil if there is none.
  private static var unnamed: FilePath? {
    if let value = getenv("KWS_MODEL"), value.pointee != 0 {
      return file(FilePath(platformString: value))
    }
    let latest = file("runs/latest")
    return latest.withPlatformString { access($0, F_OK) } == 0 ? latest : nil
  }

  /// A run folder stands for the model in it.
  static func file(_ path: FilePath) -> FilePath {
    isFolder(path) ? RunFolder(existing: path).model : path
  }
}
