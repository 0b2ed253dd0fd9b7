import Basics
import Datasets
import Recognition
import Sound

/// The part of long clips that a training uses.
///
/// A word lies in the loudest window of its clip. A recording of talk among the other words is all
/// talk, so it is cut into windows, one after the other, but for its pauses.
struct LongRecordings {
  /// A clip of so many windows or fewer is a word with time around it.
  private static let fewestWindows = 2.0
  /// A window below this share of the recording's mean energy is a pause: 20 dB.
  private static let pauseShare = 0.01

  private let window: ClipWindow
  private let rate: Int
  /// Recordings that were cut, and the windows that came of them.
  private(set) var cut = (recordings: 0, windows: 0)

  /// For clips of `rate` samples a second.
  init(_ window: ClipWindow, rate: Int) { (self.window, self.rate) = (window, rate) }

  /// The pieces of a clip that are trained on, one at least.
  mutating func pieces(_ clip: LoadedClip) throws(FileError) -> [LoadedClip] {
    let length = window.length(sampleRate: rate)
    guard clip.samples.count > length else { return [clip] }
    let samples = try clip.samples.read()
    func piece(_ range: Range<Int>) -> LoadedClip {
      var piece = clip
      piece.samples = clip.samples.part(range)
      return piece
    }
    guard clip.recording.label == ClassLabel.unknown,
      Double(samples.count) > Self.fewestWindows * Double(length)
    else { return [piece(window.loudestWindow(samples, sampleRate: rate))] }
    let ranges = stride(from: 0, through: samples.count - length, by: length).map {
      $0..<$0 + length
    }
    let energies = ranges.map { range in
      samples[range].reduce(0.0) { $0 + Double($1) * Double($1) }
    }
    let least = Self.pauseShare * energies.reduce(0, +) / Double(energies.count)
    let spoken = zip(ranges, energies).filter { $0.1 >= least }.map { piece($0.0) }
    cut.recordings += 1
    cut.windows += spoken.count
    return spoken
  }

  /// What was cut, for people; nil if nothing was.
  var text: String? {
    guard cut.recordings > 0 else { return nil }
    let one = cut.recordings == 1
    return
      "talk: \(cut.recordings) long recording\(one ? " of other words is" : "s of other words are")"
      + " cut into \(cut.windows) windows of \(TextCell.fixed(window.maximumSeconds, 1)) s, the length "
      + "of the words' clips"
  }
}
