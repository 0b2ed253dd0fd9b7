/// A number with its noun: "1 clip", "40 clips".
///
/// - Parameters:
///   - count: The number.
///   - noun: The noun in the singular; nouns in -s, -x and -sh take -es, those in -y after a
///     consonant -ies.
/// - Returns: The number and the noun.
package func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(count == 1 ? noun : plural(noun))"
}

/// The regular plural of an English noun.
package func plural(_ noun: String) -> String {
  if ["s", "x", "sh"].contains(where: noun.hasSuffix) { return noun + "es" }
  let beforeLast = noun.dropLast().last
  if noun.hasSuffix("y"), let beforeLast, !"aeiou".contains(beforeLast) {
    return noun.dropLast() + "ies"
  }
  return noun + "s"
}
