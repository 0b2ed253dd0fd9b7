import Basics
import Datasets
import Markup

/// Entries of a dataset that were left out for one reason, although they may have been meant as
/// clips.
public struct LeftOut: Codable, Equatable, Sendable {
  /// Why they were left out.
  public var reason: IgnoredReason
  /// Number of entries.
  public var count: Int
  /// The first names, relative to the dataset's root, in byte order.
  public var names: [String]

  /// The most names that are kept, so that a report stays small.
  static let mostNames = 1_000

  init(_ entries: IgnoredEntries) {
    reason = entries.reason
    count = entries.names.count
    names = Array(entries.names.prefix(Self.mostNames))
  }

  /// One line for people: the reason, the number and the first names.
  package var summary: String { IgnoredEntries.summary(reason, count, names) }

  /// Text for a terminal: one line per reason.
  static func text(_ all: [LeftOut]) -> String {
    all.map { "left out of the dataset: \(TextCell.visible($0.summary))\n" }.joined()
  }

  /// The names for a page, up to 200 per reason; nil if nothing was left out.
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
