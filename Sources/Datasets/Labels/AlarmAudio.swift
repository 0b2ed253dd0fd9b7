import Basics
import SystemPackage

/// Checks that alarm recordings are free of keywords.
package enum AlarmAudio {
  /// Name of the transcript table in a folder of alarm recordings.
  package static let transcriptName = "transcripts.csv"

  /// Throws if keywords are said in the recordings.
  ///
  /// - Parameters:
  ///   - recordings: The alarm recordings.
  ///   - labels: Transcripts, or labels.
  ///   - keywords: The model's keywords.
  /// - Returns: A warning if there is no transcript for some recordings, or nil.
  /// - Throws: `LabelError.keywordsSaid`.
  package static func check(
    _ recordings: [FilePath], _ labels: EventLabels, keywords: [String]
  ) throws(LabelError) -> String? {
    let known = recordings.map { labels[$0] }
    let said = recordings.indices.filter { known[$0]?.isFree(of: keywords) == false }
    if let first = said.first {
      let labels = known[first]!
      let keyword = keywords.first { !labels.isFree(of: [$0]) }!
      throw .keywordsSaid(
        recordings: said.count, of: recordings.count, example: recordings[first].displayName,
        keyword: keyword)
    }
    let unknown = recordings.indices.filter { known[$0] == nil }
    guard let first = unknown.first else { return nil }
    return "no transcript says that \(unknown.count) of \(recordings.count) recordings (such as "
      + "\(recordings[first].displayName)) are free of keywords: common words are said up to "
      + "hundreds of times in an hour of speech, and each would count as an alarm; give their transcripts"
  }
}
