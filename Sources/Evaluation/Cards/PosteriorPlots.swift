import Basics
import Markup
import Recognition

extension ClipCard {
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
    /// The model's thresholds, which are drawn; nil draws none.
    var decision: Decision?

    package init(
      timeline: Timeline, labels: [String], label: String, answer: String,
      title: String = "Posteriors", decision: Decision? = nil
    ) {
      self.decision = decision
      (self.timeline, self.labels, self.title) = (timeline, labels, title)
      (self.label, self.answer) = (label, answer)
    }
  }
}

/// The posteriors of one clip over time, a plot for each model; a class has one colour in all of
/// them.
struct PosteriorPlots {
  private let timelines: [ClipCard.AnswerTimeline]
  private let seconds: Double
  /// The classes that are shown, with their colours: label, answers and the likeliest others, up to
  /// four in all.
  private let classes: [(label: String, color: Int)]

  /// - Parameters:
  ///   - timelines: One for each model.
  ///   - seconds: Length of the clip.
  init(_ timelines: [ClipCard.AnswerTimeline], seconds: Double) {
    (self.timelines, self.seconds) = (timelines, seconds)
    classes = Self.classes(timelines)
  }

  /// One figure with its legend for each model.
  func render() -> [HTML] { timelines.map(plot) }

  private static func classes(
    _ timelines: [ClipCard.AnswerTimeline]
  ) -> [(label: String, color: Int)] {
    guard let first = timelines.first else { return [] }
    let known = Set(timelines.flatMap(\.labels))
    // The label and the wrong answer have the same colours on every card.
    var shown: [(label: String, color: Int)] = []
    var others = [1, 2]
    func show(_ label: String, _ color: Int?) {
      guard shown.count < 4, known.contains(label), !shown.contains(where: { $0.label == label })
      else { return }
      shown.append((label, color ?? others.removeFirst()))
    }
    show(first.label, 3)
    for (index, answer) in timelines.map(\.answer).filter({ $0 != first.label }).enumerated() {
      show(answer, index == 0 ? 4 : nil)
    }
    var peaks: [String: Float] = [:]
    for timeline in timelines {
      for (index, label) in timeline.labels.enumerated() {
        let peak = timeline.timeline.probabilities.map { $0[index] }.max() ?? 0
        peaks[label] = max(peaks[label] ?? 0, peak)
      }
    }
    for (label, peak) in peaks.sorted(by: { (-$0.value, $0.key) < (-$1.value, $1.key) })
    where peak >= 0.05 && !others.isEmpty {
      show(label, nil)
    }
    return shown
  }

  private func plot(_ shown: ClipCard.AnswerTimeline) -> HTML {
    let timeline = shown.timeline
    let lines = classes.compactMap { label, color -> Plot.Mark? in
      guard let index = shown.labels.firstIndex(of: label) else { return nil }
      return .line(
        zip(timeline.times, timeline.probabilities).map { ($0, Double($1[index])) }, color: color,
        name: label)
    }
    let thresholds = thresholds(shown)
    var keys = classes.flatMap { label, color in
      [
        HTML(
          "span", ["class": "entry"], HTML("span", ["class": "key c\(color)"]), " ",
          HTML.name(label)), " ",
      ]
    }
    if !thresholds.isEmpty { keys.append("thin: thresholds") }
    return HTML([
      Plot(
        title: shown.title
          + (timeline.kind == .prefix ? " up to each moment" : " in the window around each moment"),
        description: "Probabilities over time.", x: .seconds("time (s)", to: seconds),
        y: .share("probability"), marks: thresholds + lines, height: 200
      ).render(), HTML("p", ["class": "legend"], all: keys),
    ])
  }

  /// The thresholds of the label and of what any model answered.
  private func thresholds(_ shown: ClipCard.AnswerTimeline) -> [Plot.Mark] {
    guard let decision = shown.decision else { return [] }
    let named = Set(timelines.flatMap { [$0.label, $0.answer] })
    return classes.compactMap { label, color in
      let threshold = decision.threshold(of: label)
      guard named.contains(label), ClassLabel.isKeyword(label), threshold > 0 else { return nil }
      return .level(
        y: Double(threshold), color: color,
        text: "threshold of \(label): \(TextCell.fixed(Double(threshold), 3))")
    }
  }
}
