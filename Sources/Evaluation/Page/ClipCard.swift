import Basics
import Markup
import Recognition

/// One clip on a page, with its path, sound, spectrogram and posteriors.
package struct ClipCard {
  /// A model's posteriors over time for the clip, and its answer.
  package struct AnswerTimeline {
    var timeline: Timeline
    /// The model's classes, in the order of the probabilities.
    var labels: [String]
    /// The clip's label.
    var label: String
    /// The model's answer.
    var answer: String
    /// Title of the plot; names the model if the card has two.
    var title: String

    package init(
      timeline: Timeline, labels: [String], label: String, answer: String,
      title: String = "Posteriors"
    ) {
      (self.timeline, self.labels, self.title) = (timeline, labels, title)
      (self.label, self.answer) = (label, answer)
    }
  }

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
      ] + timelines.map(timeline))
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

  /// Plots the posteriors of the label, the answer and the likeliest others, up to four in all.
  private func timeline(_ shownAnswer: AnswerTimeline) -> HTML {
    let (timeline, labels) = (shownAnswer.timeline, shownAnswer.labels)
    let peaks = labels.indices.map { index in
      timeline.probabilities.map { $0[index] }.max() ?? 0
    }
    let order = labels.indices.sorted { (-peaks[$0], $0) < (-peaks[$1], $1) }
    let label = labels.firstIndex(of: shownAnswer.label)
    let answer = labels.firstIndex(of: shownAnswer.answer)
    var shown: [Int] = []
    for index in [label, answer].compactMap({ $0 }) where !shown.contains(index) {
      shown.append(index)
    }
    for index in order where shown.count < 4 && !shown.contains(index) && peaks[index] >= 0.05 {
      shown.append(index)
    }
    // The label and the answer have the same colours on every card.
    var others = [1, 2, 4]
    let colors = shown.map { $0 == label ? 3 : $0 == answer ? 4 : others.removeFirst() }
    let lines = zip(shown, colors).map { index, color in
      Plot.Mark.line(
        zip(timeline.times, timeline.probabilities).map { ($0, Double($1[index])) }, color: color,
        name: labels[index])
    }
    let keys = zip(shown, colors).flatMap { index, color in
      [HTML("span", ["class": "key c\(color)"]), " ", HTML.name(labels[index]), " "]
    }
    let end = Double(evidence.samples.count) / Double(evidence.sampleRate)
    return HTML([
      Plot(
        title: shownAnswer.title
          + (timeline.kind == .prefix ? " up to each moment" : " in the window around each moment"),
        description: "Probabilities over time.", x: .seconds("time (s)", to: end),
        y: .share("probability"), marks: lines, height: 200
      ).render(), HTML("p", ["class": "legend"], all: keys),
    ])
  }
}
