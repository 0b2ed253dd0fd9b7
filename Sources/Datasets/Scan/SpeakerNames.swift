import Recognition

/// Finds speakers from file names.
enum SpeakerNames {
  /// Sets the speakers that the manifest did not give: the part of the file's name before
  /// `_nohash_`, else the first group of the pattern.
  ///
  /// A pattern that matches no clip is an error in training; in evaluation the names may be
  /// different.
  static func fill(
    _ clips: inout [DatasetScan.Clip], pattern: String?, for purpose: DatasetOptions.Purpose
  ) throws(DatasetError) {
    var others: [Int] = []
    for index in clips.indices where clips[index].speaker == nil {
      if let speaker = beforeMarker(clips[index].relative.fileName) {
        clips[index].speaker = speaker
      } else {
        others.append(index)
      }
    }
    guard let pattern else { return }
    let regex = try compile(pattern)
    var fitting = 0
    for index in others {
      let relative = clips[index].relative
      let text =
        pattern.contains("/") ? relative.displayName : Array(relative.fileName).displayName
      guard let match = try? regex.firstMatch(in: text) else { continue }
      guard match.output.count > 1 else { throw .speakerPatternWithoutGroup(pattern) }
      guard let speaker = match.output[1].substring, !speaker.isEmpty else { continue }
      clips[index].speaker = String(speaker)
      fitting += 1
    }
    if fitting == 0, purpose == .training, let first = others.first {
      throw .speakerPatternFitsNothing(
        pattern, clips: others.count, example: clips[first].relative.displayName)
    }
  }

  /// The part of a file's name before `_nohash_`; nil where that is empty or not there.
  static func beforeMarker(_ name: ArraySlice<UInt8>) -> String? {
    guard let end = firstRange(of: Array("_nohash_".utf8), in: name), end > name.startIndex else {
      return nil
    }
    return Array(name[..<end]).displayName
  }

  static func compile(_ pattern: String) throws(DatasetError) -> Regex<AnyRegexOutput> {
    do {
      return try Regex(pattern)
    } catch {
      throw .badSpeakerPattern(pattern, reason: "\(error)")
    }
  }

  /// The start of `marker` in `name`, or nil.
  private static func firstRange(of marker: [UInt8], in name: ArraySlice<UInt8>) -> Int? {
    var start = name.startIndex
    while start + marker.count <= name.endIndex {
      if name[start] == marker[0], name[start..<start + marker.count].elementsEqual(marker) {
        return start
      }
      start += 1
    }
    return nil
  }
}
