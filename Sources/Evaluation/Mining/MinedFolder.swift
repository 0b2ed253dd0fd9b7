import Basics
import Datasets
import Recognition
import Sound
import SystemPackage

extension Miner {
  /// Cuts clips out of their recordings and writes them into a folder, with a table of them.
  ///
  /// A clip is named after its speaker or recording, so that a training keeps those of one
  /// together, and by its place in the order. The table can be read as a transcript without
  /// keywords.
  ///
  /// - Parameters:
  ///   - clips: The nearest first.
  ///   - folder: Where to; made if it is not there.
  ///   - progress: Called with the number of recordings that are done.
  /// - Returns: What could not be read again.
  /// - Throws: `FileError`.
  public func write(
    _ clips: [MinedClip], to folder: FilePath, progress: (Int) -> Void = { _ in }
  ) throws(FileError) -> [SkippedClip] {
    try createFolders(folder)
    let rate = classifier.model.frontEnd.sampleRate
    let digits = max(4, "\(clips.count)".utf8.count)
    let names = clips.enumerated().map { index, clip in
      let number = "\(index + 1)"
      // A speaker's name may hold what no file's name can.
      return clip.cluster.replacing("/", with: "-") + "_nohash_"
        + String(repeating: "0", count: digits - number.utf8.count) + number + ".wav"
    }
    var skipped: [SkippedClip] = []
    var written = Set<Int>()
    let byPath = Dictionary(grouping: clips.indices) { clips[$0].path }
    let paths = byPath.keys.sorted { PathBytes.precedes($0.bytes, $1.bytes) }
    for (done, path) in paths.enumerated() {
      let indices = byPath[path]!
      do throws(AudioError) {
        let parts = try cut(path, indices.map { clips[$0].seconds })
        for (index, samples) in zip(indices, parts) {
          do throws(FileError) {
            try AtomicFile.write(
              WaveFile.bytes(samples, sampleRate: rate), to: folder.appending(names[index]))
          } catch { throw .unreadable(name: names[index], reason: "\(error)") }
          written.insert(index)
        }
      } catch { skipped.append(SkippedClip(path: path.displayName, reason: error.description)) }
      progress(done + 1)
    }
    let header = [
      "path", "speaker", "text", "recording", "from", "to", "answer", "probability", "threshold",
      "reason",
    ]
    let rows = clips.indices.filter(written.contains).map { index in
      let clip = clips[index]
      return [names[index], clip.cluster, "", clip.path.displayName]
        + [clip.seconds.lowerBound, clip.seconds.upperBound].map { TextCell.fixed($0, 3) }
        + [clip.label] + [clip.probability, clip.threshold].map { TextCell.fixed(Double($0), 6) }
        + [clip.reason]
    }
    try AtomicFile.write(
      CSVCell.table([header] + rows), to: folder.appending(AlarmAudio.transcriptName))
    return skipped
  }

  /// Parts of a recording, in seconds, at the model's rate.
  private func cut(
    _ path: FilePath, _ parts: [ClosedRange<Double>]
  ) throws(AudioError) -> [[Float]] {
    let rate = Double(classifier.model.frontEnd.sampleRate)
    let ranges = parts.map {
      Int(($0.lowerBound * rate).rounded())..<Int(($0.upperBound * rate).rounded())
    }
    var cuts = parts.map { _ in [Float]() }
    var count = 0
    _ = try classifier.reader.read(
      .file(path),
      begin: {
        cuts = parts.map { _ in [] }
        count = 0
      },
      take: { block in
        for (index, range) in ranges.enumerated() {
          let part = range.clamped(to: count..<count + block.count)
          cuts[index] += block[(part.lowerBound - count)..<(part.upperBound - count)]
        }
        count += block.count
      })
    return cuts
  }
}
