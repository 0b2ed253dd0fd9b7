import Markup
import Sound

/// A spectrogram as a picture for a page.
struct SpectrogramPicture {
  let uri: String
  /// The time shown, in seconds.
  let seconds: Double

  init(_ evidence: ClipEvidence) {
    let spectrogram = Spectrogram(evidence.samples, sampleRate: evidence.sampleRate)
    let (frames, bins) = (spectrogram.frameCount, spectrogram.binCount)
    var levels = [UInt8](repeating: 0, count: frames * bins)
    for frame in 0..<frames {
      for bin in 0..<bins {
        let share = 1 + spectrogram.decibels[frame * bins + bin] / Spectrogram.range
        // Low frequencies are at the bottom.
        levels[(bins - 1 - bin) * frames + frame] = UInt8(max(0, min(1, share)) * 255)
      }
    }
    uri = DataURI.png(width: frames, height: bins, levels: levels)
    seconds = Double(evidence.samples.count) / Double(evidence.sampleRate)
  }
}
