import Testing

@testable import Datasets
@testable import Evaluation
@testable import Markup
@testable import Recognition
@testable import Sound

@Suite struct ReportPageTests {
  private let hostile = "<script>alert(1)</script>\"'&\u{202e}\u{0}x"

  private func report(_ labels: [String]) -> EvaluationReport {
    var generator = TestGenerator(state: 3)
    let predictions = (0..<60).map { index in
      let label = index % labels.count
      let answer = index % 7 == 0 ? (label + 1) % labels.count : label
      var probabilities = [Float](repeating: 0.1, count: labels.count)
      probabilities[answer] = 0.9
      return Prediction(
        path: "\(labels[label])/\(index).wav", label: labels[label], predicted: labels[answer],
        probabilities: probabilities, speaker: "\(labels[label])\(index % 12)", split: .testing,
        facts: ClipFacts(seconds: 1, level: -20, signalToNoise: index % 2 == 0 ? 12 : nil))
    }
    return EvaluationReport.make(
      predictions, labels: labels,
      skipped: [SkippedClip(path: hostile, reason: hostile)], warnings: [hostile],
      subject: .init(model: hostile, dataset: hostile, split: "testing"), using: &generator)
  }

  @Test func namesCannotBecomeMarkup() {
    let page = EvaluationPage(report([hostile, "b", "_unknown_"]), labels: []).render()
    #expect(!page.contains("<script"))
    #expect(!page.contains("alert(1)</"))
    #expect(!page.unicodeScalars.contains { $0.value == 0x202e || $0.value == 0 })
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"))
  }

  @Test func nothingIsLoadedFromAnywhere() {
    let page = EvaluationPage(report(["a", "b", "_unknown_"]), labels: []).render()
    for word in ["http:", "https:", "src=\"/", "@import", "url("] { #expect(!page.contains(word)) }
    #expect(page.contains("default-src &#39;none&#39;"))
  }

  @Test func elementsAreClosedInOrder() {
    let page = EvaluationPage(report(["a", "b", "_unknown_"]), labels: []).render()
    var open: [String] = []
    for piece in page.split(separator: "<").dropFirst() where !piece.hasPrefix("!") {
      let name = String(piece.prefix { $0 != ">" && $0 != " " })
      if name.hasPrefix("/") {
        #expect(open.popLast() == String(name.dropFirst()))
      } else if !["meta", "br", "img", "link", "hr"].contains(name) {
        open.append(name)
      }
    }
    #expect(open.isEmpty)
  }

  @Test func everySectionIsThere() {
    let page = EvaluationPage(report(["a", "b", "_unknown_"]), labels: []).render()
    for id in [
      "summary", "confusions", "classes", "thresholds", "confidence", "conditions", "wrong",
      "method",
    ] { #expect(page.contains("<section id=\"\(id)\"")) }
  }

  @Test func aReportWithoutClipsIsAPage() {
    var generator = TestGenerator(state: 0)
    let report = EvaluationReport.make([], labels: ["a", "b"], using: &generator)
    #expect(EvaluationPage(report, labels: []).render().hasSuffix("</html>\n"))
  }

  @Test func confusionsStandTogether() {
    // 0 and 3 are confused most, then 3 and 1, which joins them; nothing with 2.
    let order = ConfusionOrder.order([
      [5, 0, 0, 5], [0, 8, 0, 2], [0, 0, 10, 0], [1, 1, 0, 8],
    ])
    #expect(order == [1, 3, 0, 2])
  }

  @Test func theCheckSumOfPNG() {
    // The check value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.
    #expect(CRC32.of(Array("123456789".utf8)) == 0xCBF4_3926)
  }

  @Test func factsOfATone() {
    // Half a second of digital silence, then half a second of a square wave at 0.1.
    let samples =
      [Float](repeating: 0, count: 8_000)
      + (0..<8_000).map { $0 / 20 % 2 == 0 ? 0.1 : -0.1 }
    let facts = ClipFacts(samples, sampleRate: 16_000)
    #expect(facts.seconds == 1)
    // -20 dB over half of the time.
    #expect(abs(facts.level + 23.01) < 0.01)
    #expect(facts.signalToNoise == nil)
    let noisy = ClipFacts(samples.map { $0 == 0 ? 0.01 : $0 }, sampleRate: 16_000)
    #expect(abs(noisy.signalToNoise! - 20) < 0.01)
  }
}
