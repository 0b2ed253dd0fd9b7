import Basics
import Glibc
import Recognition
import SystemPackage

/// Sorts saved events into a folder for each word, as a training reads them, and notes each answer.
///
/// The events stay where they are; their sounds are copied. An answer is in the record before its sound
/// is copied, and what a sudden end left out is copied when the review goes on, so that nothing is asked
/// twice and nothing is lost.
public struct Review {
  /// The record in the folder of sorted sounds: `event`, `hash` of the file, `heard`, `label`, `file`.
  static let recordName = "reviewed.csv"
  private static let columns = ["event", "hash", "heard", "label", "file"]
  private static let limit = 1 << 28

  /// All events, in order.
  public let events: [SavedEvent]
  /// How often each label was answered, from the beginning.
  public private(set) var counts: [String: Int] = [:]

  private let folder: FilePath
  /// The cells of each answer, the first one first.
  private var answers: [[String]] = []
  /// Names and hashes of the events that are answered.
  private var answered: Set<[String]> = []

  /// A review of the events of a folder, continued where it ended.
  ///
  /// - Parameters:
  ///   - source: The folder of events.
  ///   - folder: Where the sounds are sorted into; made with the first answer.
  /// - Throws: `ReviewError` or `FileError`.
  public init(_ source: FilePath, into folder: FilePath) throws {
    events = try SavedEvent.all(in: source)
    guard !events.isEmpty else { throw ReviewError.noEvents(source) }
    try checkFolder(folder)
    self.folder = folder
    let record = folder.appending(Self.recordName)
    guard isFile(record) else { return }
    var reader = DelimitedText(try readFile(record, limit: Self.limit))
    while let row = try? reader.nextRow() {
      let cells = row.cells.map(CSVCell.read)
      if cells.count == Self.columns.count, cells != Self.columns { note(cells) }
    }
    AtomicFile.removeLeftovers(in: folder, sparesLiving: true)
    try completeLast()
  }

  /// Whether an event is answered already; another sound under its name is another event.
  public func isAnswered(_ event: SavedEvent) -> Bool {
    answered.contains([event.name, Self.hash(event)])
  }

  /// Words that a person may mean: those that fired and those that were answered, sorted.
  public var words: [String] {
    Set(events.map(\.label) + answers.map { $0[3] }).filter(ClassLabel.isKeyword).sorted()
  }

  /// What is wrong with a word that is to name a folder, or nil.
  public static func problem(with word: String) -> String? {
    if word.isEmpty { return "a word is needed" }
    if word.utf8.contains(UInt8(ascii: "/")) || word.utf8.contains(0) || word.hasPrefix(".") {
      return "a word names a folder: it has no slash, and no dot first"
    }
    return word.utf8.count > 200 ? "a word has at most 200 bytes" : nil
  }

  /// Notes what an event is and copies its sound into that word's folder.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - label: What is said in it; `ClassLabel.unknown` for no keyword.
  /// - Returns: The copy.
  /// - Throws: `FileError`; the event is then asked again.
  public mutating func sort(_ event: SavedEvent, as label: String) throws(FileError) -> FilePath {
    let copy = try copy(of: event, as: label)
    let cells = [event.name, Self.hash(event), event.label, label, copy.name]
    try write(answers + [cells])
    try copy.write()
    note(cells)
    return copy.path
  }

  /// A sound in the folder of a word.
  private struct Copy {
    let bytes: [UInt8]
    let path: FilePath
    /// Relative to the folder of sorted sounds.
    let name: String

    /// Writes it, unless it is there.
    func write() throws(FileError) {
      if !isFile(path) { try AtomicFile.write(bytes, to: path) }
    }
  }

  /// Reads a sound and makes its word's folder.
  private func copy(of event: SavedEvent, as label: String) throws(FileError) -> Copy {
    let bytes = try readFile(event.path, limit: Self.limit)
    let place = folder.below(SavedFile.name(Array(label.utf8)))
    try createFolders(place)
    let path = SavedFile.free(
      in: place, Array(Array(event.path.bytes.fileName).withoutEnding), bytes)
    return Copy(
      bytes: bytes, path: path, name: Array(path.bytes[(folder.bytes.count + 1)...]).displayName)
  }

  private mutating func note(_ cells: [String]) {
    answers.append(cells)
    answered.insert(Array(cells[..<2]))
    counts[cells[3], default: 0] += 1
  }

  private func write(_ answers: [[String]]) throws(FileError) {
    try AtomicFile.write(
      CSVCell.table([Self.columns] + answers), to: folder.appending(Self.recordName))
  }

  /// Copies the sound of the last answer, if a sudden end left it out.
  private func completeLast() throws(FileError) {
    guard let last = answers.last,
      let event = events.first(where: { $0.name == last[0] }), Self.hash(event) == last[1]
    else { return }
    let copy = try copy(of: event, as: last[3])
    if copy.name == last[4] { try copy.write() }
  }

  private static func hash(_ event: SavedEvent) -> String {
    String(ContentHash.of(file: event.path), radix: 16)
  }
}
