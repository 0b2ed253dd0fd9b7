import Basics
import CModel
import Datasets
import Sound

/// Clips of other words that are part of the program, to measure a model whose dataset has none: English
/// words of Speech Commands, each clip a second, no two of a word by one speaker.
///
/// No training uses them. Sources/CModel/MODEL_CARD.md has their source and licence,
/// Fixtures/make/other_words.py made them.
enum EnglishWords {
  /// The clips in which none of `keywords` is said, at a rate in Hz.
  static func clips(without keywords: [String], sampleRate: Int) -> [Clip] {
    // The table is part of the program, so it is as it was written.
    let index = UnsafeBufferPointer(
      start: kws_other_words_index, count: kws_other_words_index_size)
    var table = DelimitedText(Array(index), separator: ",")
    var words: [Transcript] = []
    _ = try! table.nextRow()
    while let row = try! table.nextRow() {
      words.append(Transcript(String(decoding: row.cells[1], as: UTF8.self)))
    }
    let bytes = UnsafeBufferPointer(start: kws_other_words, count: kws_other_words_size)
    // A libsndfile without Opus leaves the model unmeasured.
    guard
      let sound = try? AudioDecoder(sampleRate: sampleRate).decode(
        bytes: Array(bytes), name: "other words")
    else { return [] }
    let samples = sound.samples + Array(repeating: 0, count: sampleRate)
    return words.indices.filter { place in
      keywords.allSatisfy { words[place].count(of: $0) == 0 }
    }.map { place in
      Clip(
        samples: Array(samples[place * sampleRate..<(place + 1) * sampleRate]),
        sampleRate: sampleRate)
    }
  }
}
