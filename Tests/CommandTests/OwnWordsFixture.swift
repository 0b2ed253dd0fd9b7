import SystemPackage
import TestSupport

/// Folders of a maker's own words, as the README draws them: `<speaker>_<n>.wav` of tones.
struct OwnWordsFixture {
  let folder = TemporaryFolder()
  private let rate = ToneDataset.sampleRate

  /// The program in the folder; nothing beside it names a model.
  var program: Program { Program(in: folder.path) }

  /// Options of a network that trains in a moment, with so many epochs.
  static func tiny(epochs: Int = 2) -> [String] {
    CommandFixture.tiny + ["--epochs", "\(epochs)"]
  }

  /// Writes clips of a word: a tone of the word's pitch that differs a little by speaker.
  func write(
    _ word: Int, _ folderName: String? = nil, in data: String = "recordings", speakers: [String],
    clips: Int, name: (String, Int) -> String = { "\($0)_\($1).wav" }
  ) {
    let (word, pitch) = (ToneDataset.words[word].name, ToneDataset.words[word].pitch)
    for (number, speaker) in speakers.enumerated() {
      for clip in 1...clips {
        let seed = UInt64(word.utf8.reduce(0) { $0 * 31 + Int($1) } + number * 1_000 + clip)
        let samples = ToneDataset.tone(
          pitch * (1 + 0.02 * Double(number)), seconds: 0.25, seed: seed)
        folder.write(
          "\(data)/\(folderName ?? word)/\(name(speaker, clip))",
          ToneDataset.wav(samples, sampleRate: rate))
      }
    }
  }

  /// Writes two words of so many clips by each speaker.
  func writeWords(
    in data: String = "recordings", speakers: [String], clips: Int,
    name: (String, Int) -> String = { "\($0)_\($1).wav" }
  ) {
    for word in 0..<2 { write(word, in: data, speakers: speakers, clips: clips, name: name) }
  }

  /// Runs the program.
  func run(_ arguments: String...) -> Program.Output { run(arguments) }

  /// Runs the program.
  func run(_ arguments: [String]) -> Program.Output {
    program.run(arguments: arguments.map { Array($0.utf8) })
  }
}
