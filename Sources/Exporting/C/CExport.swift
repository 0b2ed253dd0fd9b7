import Basics
import Recognition
import SystemPackage

/// A trained model as C99 source: samples in, posteriors out, window by window, without allocation.
///
///     try CExport(model).write(to: "firmware/kws")
///
/// The folder holds `kws_model.h`, `kws_model.c`, an example, a test with golden vectors and a
/// Makefile. The code needs nothing but libm.
public struct CExport: Sendable {
  /// A file of the export.
  public struct File: Equatable, Sendable {
    /// Its name in the folder.
    public var name: String
    /// Its text.
    public var text: String
  }

  /// The files.
  public let files: [File]

  /// Writes the code.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - name: What the files name as their source, for people.
  ///   - weights: How the weights are stored.
  /// - Throws: `ExportError.frontEnd`.
  public init(
    _ model: KeywordModel, name: String = "a model", weights: ExportedWeights = .float32
  ) throws(ExportError) {
    let sizes = try CSizes(model)
    let source = "kws \(Version.current) from \(CText.comment(name))"
    // The code multiplies floats: what the weights, rounded or not, answer in floats is what the test
    // expects.
    var tested = model
    tested.network =
      weights == .int8 ? model.network.withRoundedWeights : model.network.withFloatProducts
    files = [
      File(name: "kws_model.h", text: CHeader.text(model, sizes, source: source)),
      File(
        name: "kws_model.c", text: CSource.text(model, sizes, weights, source: source)),
      File(name: "kws_model_test.c", text: CSelfTest.text(tested, source: source)),
      File(name: "example.c", text: CExample.source),
      File(name: "Makefile", text: CExample.makefile),
    ]
  }

  /// Writes the files into a folder, each so that a reader sees the old one or the new one.
  ///
  /// - Throws: `FileError`.
  public func write(to folder: FilePath) throws(FileError) {
    try createFolders(folder)
    for file in files { try AtomicFile.write(file.text, to: folder.appending(file.name)) }
  }
}
