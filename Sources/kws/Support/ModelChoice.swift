import ArgumentParser
import Glibc
import KeywordSpotting
import SystemPackage

/// `--model`, and the choice of a model without it.
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

  /// Reads the model, and prints its path on standard error unless `--model` named it.
  func load(quiet: Bool) throws -> (model: KeywordModel, path: FilePath) {
    if let model {
      let path = Self.file(RawArguments.path(model))
      return (try KeywordModel(contentsOf: path), path)
    }
    let path = Self.unnamed
    if !quiet { StandardError.line("kws: model \(path ?? Self.builtIn)") }
    return (try path.map { try KeywordModel(contentsOf: $0) } ?? .builtIn(), path ?? Self.builtIn)
  }

  /// The name of the built-in model, used as a path.
  private static let builtIn: FilePath = "built-in (Speech Commands)"

  /// The default model: from the environment, or of the newest run; nil if there is none.
  private static var unnamed: FilePath? {
    if let value = getenv("KWS_MODEL"), value.pointee != 0 {
      return file(FilePath(platformString: value))
    }
    let latest = file("runs/latest")
    return latest.withPlatformString { access($0, F_OK) } == 0 ? latest : nil
  }

  /// The model file of a path, which may be a run folder.
  static func file(_ path: FilePath) -> FilePath {
    isFolder(path) ? RunFolder(existing: path).model : path
  }
}
