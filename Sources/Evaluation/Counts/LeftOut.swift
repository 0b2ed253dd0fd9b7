import Basics
import Datasets
import Markup

/// Entries of a dataset that are no clips although somebody may have meant them to be, for one reason.
public struct LeftOut: Codable, Equatable, Sendable {
  /// Why they were left out.
  public var reason: IgnoredReason
  /// How many there are.
  public var count: Int
  /// The first of them, relative to the dataset's root, in byte order.
  public var names: [String]

  /// More names than this are not kept, so that a report stays small.
  static let mostNames = 1_000

  init(_ entries: IgnoredEntries) {
    reason = entries.reason
    count = entries.names.count
    names = Array(entries.names.prefix(Self.mostNames))
  }

  /// One line for people: the reason, the number and the first names.
  package var summary: String { IgnoredEntries.summary(reason, count, names) }

  /// Sections for a terminal: a line a reason.
  static func text(_ all: [LeftOut]) -> String {
    all.map { "left out of the dataset: \(TextCell.visible($0.summary))\n" }.joined()
  }

  /// The names for a page, up to 200 of each reason; nil where nothing was left out.
  static func list(_ all: [LeftOut]) -> HTML? {
    if all.isEmpty { return nil }
    let limit = 200
    let lists = all.map { entry in
      var items = entry.names.prefix(limit).map {
        HTML("li", [:], HTML("code", [:], HTML.name($0)))
      }
      let rest = entry.count - items.count
      if rest > 0 { items.append(HTML("li", [:], HTML(text: "and \(rest) more"))) }
      return HTML(
        "details", [:],
        HTML(
          "summary", [:],
          HTML(text: "left out of the dataset: \(entry.reason.description): \(entry.count)")),
        HTML("ul", [:], all: items))
    }
    return HTML(lists)
  }
}
