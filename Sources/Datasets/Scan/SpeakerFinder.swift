import Basics
import Recognition
import SystemPackage

/// Finds the speaker in a file's name: the first group of a pattern, else the part before
/// `_nohash_`.
public struct SpeakerFinder: Sendable {
  private let pattern: String?
  private let isGuess: Bool

  /// A finder by the pattern of a training.
  ///
  /// One that a person gives goes before it. Without either it looks at `_nohash_` only.
  ///
  /// - Throws: `DatasetError` for a pattern that is none or has no group.
  public init(_ options: DatasetOptions, given: String? = nil) throws(DatasetError) {
    pattern = given ?? options.speakerPattern
    isGuess = given == nil && options.patternIsGuessed == true
    if let pattern { _ = try SpeakerNames.compile(pattern) }
  }

  /// The speaker of a recording, if its name has one.
  func speaker(of path: FilePath) throws(DatasetError) -> String? {
    let name = path.bytes.fileName
    let marked = SpeakerNames.beforeMarker(name)
    guard let pattern else { return marked }
    // What was guessed of a training's names says less of others than their own marker.
    if let marked, isGuess { return marked }
    let text = pattern.contains("/") ? path.displayName : Array(name).displayName
    guard let match = try? SpeakerNames.compile(pattern).firstMatch(in: text) else { return marked }
    guard match.output.count > 1 else { throw .speakerPatternWithoutGroup(pattern) }
    return match.output[1].substring.flatMap { $0.isEmpty ? nil : String($0) } ?? marked
  }

  /// The speakers of recordings, if their names have them.
  package func speakers(of paths: [FilePath]) throws(DatasetError) -> [String?] {
    var speakers: [String?] = []
    for path in paths { speakers.append(try speaker(of: path)) }
    return speakers
  }
}
