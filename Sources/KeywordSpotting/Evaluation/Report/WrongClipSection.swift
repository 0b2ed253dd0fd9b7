/// The wrong clips, worst first: to listen to, to look at, and to find on the disk.
struct WrongClipSection {
  private let report: EvaluationReport
  private let evidence: [String: ClipEvidence]
  private let labels: [String]

  init(_ report: EvaluationReport, _ evidence: [ClipEvidence], _ labels: [String]) {
    self.report = report
    self.evidence = Dictionary(evidence.map { ($0.path, $0) }) { first, _ in first }
    self.labels = labels
  }

  func render() -> HTML? {
    if report.wrongCount == 0 { return HTML("p", [:], "No clip was answered wrongly.") }
    let shown = report.wrong.filter { evidence[$0.path] != nil }
    let rest = report.wrong.filter { evidence[$0.path] == nil }
    var pieces: [HTML] = [
      HTML(
        "p", [:],
        HTML(
          text: "\(report.wrongCount) of \(report.evaluated) clips, worst first: what was said "
            + "seemed least likely. \(shown.count) of them can be heard here. A wrong label is a "
            + "frequent cause: listen before blaming the model."))
    ]
    pieces.append(HTML("div", ["class": "clips"], all: shown.map(card)))
    if !rest.isEmpty { pieces.append(table(Array(rest.prefix(500)))) }
    return HTML(pieces)
  }

  private func card(_ clip: WrongClip) -> HTML {
    let evidence = evidence[clip.path]!
    return HTML(
      "article", [:],
      HTML("h3", [:], "said ", HTML.name(clip.label), ", heard ", HTML.name(clip.predicted)),
      HTML("p", ["class": "path"], HTML("code", [:], HTML.name(clip.path))),
      HTML("p", [:], all: facts(clip, evidence)),
      HTML(
        "audio",
        [
          "controls": "", "preload": "none",
          "aria-label": TextCell.visible("clip \(clip.path)"),
          "src": DataURI.wav(evidence.samples, sampleRate: evidence.sampleRate),
        ]), picture(evidence), timeline(clip, evidence))
  }

  private func facts(_ clip: WrongClip, _ evidence: ClipEvidence) -> [HTML] {
    var parts: [HTML] = []
    let own = clip.labelProbability.map { TextCell.percent(Double($0)) } ?? "no such class"
    parts += ["likeliest ", HTML.name(clip.likeliest)]
    parts.append(
      HTML(text: " \(TextCell.percent(Double(clip.likeliestProbability))), what was said \(own)"))
    if let speaker = clip.speaker { parts += [", speaker ", HTML.name(speaker)] }
    parts.append(HTML(text: ", \(TextCell.fixed(evidence.seconds, digits: 2)) s"))
    if Double(evidence.samples.count) < evidence.seconds * Double(evidence.sampleRate) - 1 {
      let end = evidence.offset + ClipEvidence.longest
      parts.append(
        HTML(
          text: ", of which \(TextCell.fixed(evidence.offset, digits: 2)) to "
            + "\(TextCell.fixed(end, digits: 2)) s are here"))
    }
    return parts
  }

  private func picture(_ evidence: ClipEvidence) -> HTML {
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

  /// What was said, and the two likeliest others.
  private func timeline(_ clip: WrongClip, _ evidence: ClipEvidence) -> HTML {
    let timeline = evidence.timeline
    let peaks = labels.indices.map { index in
      timeline.probabilities.map { $0[index] }.max() ?? 0
    }
    let order = labels.indices.sorted { (-peaks[$0], $0) < (-peaks[$1], $1) }
    let said = labels.firstIndex(of: clip.label)
    let heard = labels.firstIndex(of: clip.predicted)
    var shown = [said, heard].compactMap { $0 }
    for index in order where shown.count < 4 && !shown.contains(index) && peaks[index] >= 0.05 {
      shown.append(index)
    }
    let colors = shown.map { $0 == said ? 3 : $0 == heard ? 4 : $0 == shown.last ? 1 : 2 }
    let lines = zip(shown, colors).map { index, color in
      Plot.Mark.line(
        zip(timeline.times, timeline.probabilities).map { ($0, Double($1[index])) }, color: color,
        name: labels[index])
    }
    let keys = zip(shown, colors).flatMap { index, color in
      [HTML("span", ["class": "key c\(color)"]), " ", HTML.name(labels[index]), " "]
    }
    let isPrefix = timeline.kind == .prefix
    let end = Double(evidence.samples.count) / Double(evidence.sampleRate)
    return HTML([
      Plot(
        title: isPrefix ? "Heard up to each moment" : "Heard in the window around each moment",
        description: "Probabilities over time.", x: .seconds("time (s)", to: end),
        y: .share("probability"), marks: lines, height: 200
      ).render(), HTML("p", ["class": "legend"], all: keys),
    ])
  }

  private func table(_ clips: [WrongClip]) -> HTML {
    let rows = clips.map { clip in
      HTML(
        "tr", [:], HTML("td", ["class": "path"], HTML.name(clip.path)),
        HTML("td", [:], HTML.name(clip.label)), HTML("td", [:], HTML.name(clip.predicted)),
        HTML(
          "td", [:], HTML(text: clip.labelProbability.map { TextCell.percent(Double($0)) } ?? "-")),
        HTML("td", [:], HTML(text: TextCell.percent(Double(clip.likeliestProbability)))))
    }
    let heads = ["clip", "said", "heard", "probability of said", "of likeliest"]
    return HTML(
      "details", [:],
      HTML(
        "summary", [:],
        HTML(text: "\(clips.count) more wrong clips (all are in predictions.csv)")),
      Page.scroller(
        "More wrong clips",
        HTML(
          "table", ["class": "figures names"],
          HTML(
            "thead", [:],
            HTML("tr", [:], all: heads.map { HTML("th", ["scope": "col"], HTML(text: $0)) })),
          HTML("tbody", [:], all: rows))))
  }
}
