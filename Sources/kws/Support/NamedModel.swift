import ArgumentParser
import Glibc
import KeywordSpotting
import SystemPackage

/// A model as a person names it: a model file, a run folder, or a built-in one.
struct NamedModel {
  /// The model.
  var model: KeywordModel
  /// Its file; nil for a built-in one.
  var file: FilePath?
  /// The name for people and reports.
  var name: String

  /// Reads the model that an argument names.
  ///
  /// - Throws: `ModelError`.
  init(_ argument: String) throws {
    try self.init(named: RawArguments.path(argument))
  }

  /// Reads the model that a path names, or a built-in one whose name it is.
  ///
  /// - Throws: `ModelError`.
  init(named path: FilePath) throws {
    if let builtIn = BuiltInModel(rawValue: path.string) {
      try self.init(builtIn)
    } else {
      try self.init(path)
    }
  }

  /// A built-in model.
  init(_ builtIn: BuiltInModel) throws {
    (model, name) = (try .builtIn(builtIn), builtIn.summary)
  }

  /// Reads a model file or the model of a run folder.
  ///
  /// - Throws: `ModelError`.
  init(_ path: FilePath) throws {
    let file = Self.file(path)
    (model, self.file, name) = (try KeywordModel(contentsOf: file), file, file.displayName)
  }

  /// The name with the words and what it was trained on.
  var description: String {
    let words = model.keywords
    let shown = words.prefix(Self.mostWords).joined(separator: ", ")
    let rest = words.count > Self.mostWords ? " and \(words.count - Self.mostWords) more" : ""
    let origin = model.record.isImported ? "imported from" : "trained on"
    let trained = file == nil ? "" : ", \(origin) \(model.record.dataset)"
    return "\(name)\(trained); words: \(shown)\(rest)"
  }

  private static let mostWords = 12

  /// The model file of a path, which may be a run folder; a link to a run folder is followed, so that
  /// the name is that of the run and not `latest`.
  private static func file(_ path: FilePath) -> FilePath {
    guard isFolder(path) else { return path }
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = path.withPlatformString { readlink($0, &target, target.count - 1) }
    guard count > 0 else { return RunFolder(existing: path).model }
    let link = FilePath(platformString: target)
    let run = link.isAbsolute ? link : path.removingLastComponent().pushing(link)
    return RunFolder(existing: run).model
  }
}
