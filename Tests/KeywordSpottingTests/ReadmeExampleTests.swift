import Foundation
import SystemPackage
import Testing

@testable import Recognition

/// The README's example, compiled here; the test below compares the texts.
// example
func spot(_ clips: [FilePath], with model: FilePath) throws {
  let classifier = Classifier(try KeywordModel(contentsOf: model), threads: 2)
  for (clip, result) in zip(clips, classifier.classify(clips.map { .file($0) })) {
    switch result {
    case .success(let answer): print("\(clip): \(answer.text)")
    case .failure(let error): print("\(error)")
    }
  }
}
// end

@Test func theReadmesExampleIsTheOneCompiledHere() throws {
  let here = URL(filePath: #filePath)
  let root = here.deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
  let source = try String(contentsOf: here, encoding: .utf8)
  let shown = try #require(
    readme.split(separator: "```swift\n").last?.split(separator: "```").first)
  let compiled = try #require(
    source.split(separator: "// example\n").dropFirst().first?.split(separator: "// end").first)
  #expect(shown == "import KeywordSpotting\nimport SystemPackage\n\n" + compiled)
  #expect(throws: ModelError.self) { try spot([], with: "no such model") }
}
