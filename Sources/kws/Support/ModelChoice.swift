import ArgumentParser
import Glibc
import KeywordSpotting
import SystemPackage

/// `--model`, and the choice of a model without it.
struct ModelChoice: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Model file, run folder, or built-in.",
      discussion: """
        Without it: $KWS_MODEL, else the newest run (for a dataset, the newest that was trained on \
        it), else the built-in one (yes, no, up, down, left, right, on, off, stop, go).
        """, valueName: "path"))
  var model: String?

  /// Reads the model, and prints on standard error which it is unless `--model` named it.
  func load(quiet: Bool) throws -> NamedModel {
    if let model { return try NamedModel(model) }
    let usual = try Self.fromEnvironment() ?? Self.newestRun()
    if !quiet { StandardError.line("kws: model \(usual.description)") }
    return usual
  }

  /// Reads the model that is to be measured on a dataset, prints which it is unless `--model` named
  /// it, and scans the dataset with the model's words.
  ///
  /// Without `--model` and `KWS_MODEL`, a run that was trained on clips of the dataset goes before the
  /// newest one.
  func load(
    for dataset: String, _ measuring: MeasuringOptions, quiet: Bool
  ) throws -> (NamedModel, Dataset) {
    let given = try model.map { try NamedModel($0) } ?? Self.fromEnvironment()
    if let given {
      if model == nil, !quiet { StandardError.line("kws: model \(given.description)") }
      return (given, try measuring.scan(dataset, for: given.model))
    }
    let newest = try Self.newestRun()
    let scanned = try measuring.scan(dataset, for: newest.model)
    // Names are compared first, because comparing clips means decoding some.
    let candidates = Self.runs().filter { $0.model.record.dataset == scanned.name }
    var chosen = (newest, scanned)
    var isOwn = candidates.count == 1 && candidates[0].file == newest.file
    if !isOwn {
      for candidate in candidates {
        let other = try measuring.scan(dataset, for: candidate.model)
        guard Classifier(candidate.model, threads: measuring.threads.count).wasTrained(on: other)
        else { continue }
        (chosen, isOwn) = ((candidate, other), true)
        break
      }
    }
    if !quiet {
      let remark = isOwn || chosen.0.file == nil ? "" : " (no run was trained on \(scanned.name))"
      StandardError.line("kws: model \(chosen.0.description)\(remark)")
    }
    return chosen
  }

  /// The model of `KWS_MODEL`; nil if it is not set.
  private static func fromEnvironment() throws -> NamedModel? {
    guard let value = getenv("KWS_MODEL"), value.pointee != 0 else { return nil }
    return try NamedModel(named: FilePath(platformString: value))
  }

  /// The model of the newest run, else the built-in one.
  private static func newestRun() throws -> NamedModel {
    let latest: FilePath = "runs/latest"
    return try isFile(RunFolder(existing: latest).model)
      ? NamedModel(latest) : NamedModel(.commands)
  }

  /// The models in `runs`, the newest first; what cannot be read is left out.
  private static func runs() -> [NamedModel] {
    guard let listing = try? FolderListing("runs") else { return [] }
    let folders = listing.entries.filter {
      $0.kind == .folder && !$0.name.elementsEqual("latest".utf8)
    }.map { FilePath("runs").below($0.name) }
    let ages = folders.compactMap { folder -> (folder: FilePath, time: (Int, Int))? in
      var status = stat()
      let model = RunFolder(existing: folder).model
      guard model.withPlatformString({ stat($0, &status) }) == 0 else { return nil }
      return (folder, (status.st_mtim.tv_sec, status.st_mtim.tv_nsec))
    }
    return ages.sorted { $1.time < $0.time }.compactMap { try? NamedModel($0.folder) }
  }
}
