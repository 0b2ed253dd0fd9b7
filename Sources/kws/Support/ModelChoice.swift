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
      discussion: "Without it: $KWS_MODEL, else the model of runs/latest.", valueName: "path"))
  var model: String?

  /// Reads the model and says on standard error which one it is, unless that was asked for by name.
  func load(quiet: Bool) throws -> (model: KeywordModel, path: FilePath) {
    let (path, isNamed) = try choose()
    let model = try KeywordModel(contentsOf: path)
    if !isNamed && !quiet { StandardError.line("kws: model \(path)") }
    return (model, path)
  }

  private func choose() throws -> (path: FilePath, isNamed: Bool) {
    if let model { return (Self.file(RawArguments.path(model)), true) }
    if let value = getenv("KWS_MODEL"), value.pointee != 0 {
      return (Self.file(FilePath(platformString: value)), false)
    }
    let latest = Self.file("runs/latest")
    if latest.withPlatformString({ access($0, F_OK) }) == 0 { return (latest, false) }
    throw Failure.Missing(
      "no model: pass --model, set KWS_MODEL, or train one here with: kws train recordings/")
  }

  /// A run folder stands for the model in it.
  static func file(_ path: FilePath) -> FilePath {
    var status = stat()
    let isFolder =
      path.withPlatformString({ stat($0, &status) }) == 0 && status.st_mode & S_IFMT == S_IFDIR
    return isFolder ? RunFolder(existing: path).model : path
  }
}
