import Basics
import Markup

/// One clip on a page, with its path, sound, spectrogram and posteriors.
package struct ClipCard {
  private let evidence: ClipEvidence

  package init(_ evidence: ClipEvidence) { self.evidence = evidence }

  /// The card: a heading, the path, facts, a player, a spectrogram and plots of posteriors.
  package func article(heading: [HTML], facts: [HTML], timelines: [AnswerTimeline]) -> HTML {
    HTML(
      "article", [:],
      all: [
        HTML("h3", [:], all: heading),
        HTML("p", ["class": "path"], HTML("code", [:], HTML.name(evidence.path))),
        HTML("p", [:], all: facts), player, picture,
      ] + PosteriorPlots(timelines, seconds: shownSeconds).render())
  }

  /// The clip's length, and the part that is on the page.
  package var length: String {
    var text = "\(TextCell.fixed(evidence.seconds, 2)) s"
    if Double(evidence.samples.count) < evidence.seconds * Double(evidence.sampleRate) - 1 {
      let end =
        evidence.offset + Double(evidence.samples.count) / Double(evidence.sampleRate)
      text +=
        ", of which \(TextCell.fixed(evidence.offset, 2)) to \(TextCell.fixed(end, 2)) s are here"
    }
    return text
  }

  private var player: HTML {
    HTML(
      "audio",
      [
        "controls": "", "preload": "none",
        "aria-label": TextCell.visible("clip \(evidence.path)"),
        "src": DataURI.wav(evidence.samples, sampleRate: evidence.sampleRate),
      ])
  }

  private var picture: HTML {
    let picture = SpectrogramPicture(evidence)
    let top = Double(evidence.sampleRate) / 2_000
    let marks = stride(from: 0, through: Int(top), by: max(1, Int(top) / 4)).map {
      (Double($0), "\($0)")
    }
    return Plot(
      title: "Spectrogram", description: "Power in dB, light is loud, 70 dB in all.",
      x: .seconds("time (s)", to: picture.seconds),
      y: PlotAxis("frequency (kHz)", 0...top, marks: marks), marks: [.picture(uri: picture.uri)],
      height: 200
    ).render()
  }

  /// Length of the part that is on the page.
  private var shownSeconds: Double {
    Double(evidence.samples.count) / Double(evidence.sampleRate)
  }
}
