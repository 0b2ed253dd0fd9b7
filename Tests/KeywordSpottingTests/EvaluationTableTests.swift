import Testing

@testable import Basics
@testable import Evaluation
@testable import Recognition

@Suite struct EvaluationTableTests {
  private let odd = [
    "=cmd|' /C calc'!A0", "+1", "-1", "@x", "\tx", "\rx", "\nx", "'", "''", "'=1", "'a", "＝1",
    "a,b", "a\"b", "a\nb", "", "plain", "é 雨",
  ]

  @Test func cellsComeBackAndAreNoFormulas() throws {
    let text = odd.map { CSVCell.row([CSVCell.write($0), "x"]) }.joined()
    var reader = DelimitedText(Array(text.utf8))
    let rows = try reader.rows()
    #expect(rows.map { CSVCell.read($0.cells[0]) } == odd)
    for row in rows {
      let first = String(decoding: row.cells[0], as: UTF8.self).unicodeScalars.first
      #expect(first.map { !"=+-@\t\r\n＝＋－＠".unicodeScalars.contains($0) } ?? true)
    }
  }

  @Test func predictionsComeBack() throws {
    let table = PredictionTable(labels: ["yes", "=no", "_unknown_"])
    let predictions = odd.enumerated().map { index, text in
      var prediction = Prediction(
        path: text, label: "yes", predicted: index % 2 == 0 ? "yes" : "=no",
        probabilities: [1 / 3, Float.leastNonzeroMagnitude, 1],
        speaker: text.isEmpty ? nil : text, split: index == 0 ? nil : .validation)
      let roles: [ClipRole?] = [nil, .trained, .selected, .thresholds]
      prediction.role = roles[index % 4]
      prediction.fileHash = index % 3 == 0 ? nil : UInt64(index) << (index % 60)
      return prediction
    }
    let (labels, found) = try PredictionTable.read(Array(table.render(predictions).utf8))
    #expect(labels == table.labels)
    #expect(found == predictions)
  }

  @Test func theFormIsAsDocumented() {
    let table = PredictionTable(labels: ["yes", "no"])
    let prediction = Prediction(
      path: "a, \"b\".wav", label: "yes", predicted: "no", probabilities: [0.25, 0.75],
      speaker: "-anna", split: .testing)
    #expect(
      table.render([prediction])
        == "path,label,predicted,correct,speaker,split,role,file,rejected,threshold,p:yes,p:no\r\n"
        + "\"a, \"\"b\"\".wav\",yes,no,0,'-anna,testing,,,,,0.25,0.75\r\n")
    var trained = prediction
    (trained.role, trained.fileHash) = (.trained, 0xBEEF)
    #expect(table.row(trained).contains(",testing,trained,000000000000beef,,,0.25"))
  }

  @Test(arguments: [
    ("", 1, "no header"),
    ("path,label\n", 1, "no header"),
    ("path,label,predicted,right,speaker,split,p:a\n", 1, "the header is not"),
    ("HEAD\na,b,c\n", 2, "3 cells, the header has 7"),
    ("HEAD\na,b,c,0,,,nan\n", 2, "'nan' is not a probability"),
    ("HEAD\na,b,c,0,,test,0.5\n", 2, "the split 'test' is not"),
    ("HEAD\n\"a,b,c,0,,,0.5\n", 2, "a quote is not closed"),
    ("NEWER\na,b,c,0,,,other,,0.5\n", 2, "'other' and '' are not a role"),
    ("NEWER\na,b,c,0,,,,xyz,0.5\n", 2, "'' and 'xyz' are not a role"),
  ])
  func brokenTablesAreRefused(text: String, line: Int, reason: String) {
    let header = "path,label,predicted,correct,speaker,split,p:a"
    let newer = "path,label,predicted,correct,speaker,split,role,file,p:a"
    let bytes = Array(
      text.replacing("HEAD", with: header).replacing("NEWER", with: newer).utf8)
    do {
      _ = try PredictionTable.read(bytes)
      Issue.record("read without an error")
    } catch {
      #expect(error.line == line)
      #expect(error.reason.hasPrefix(reason), "\(error)")
    }
  }

  @Test func theConfusionMatrixAsATable() {
    var generator = TestGenerator(state: 0)
    let report = EvaluationReport.make(
      [
        Prediction(path: "1", label: "yes", predicted: "yes", probabilities: [1, 0]),
        Prediction(path: "2", label: "-no", predicted: "yes", probabilities: [1, 0]),
      ],
      labels: ["yes", "-no"], using: &generator)
    #expect(
      ConfusionTable.render(report) == "said/heard,yes,'-no\r\nyes,1,0\r\n'-no,1,0\r\n")
  }
}
