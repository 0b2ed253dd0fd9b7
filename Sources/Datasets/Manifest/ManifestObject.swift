#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Manifests in JSON lines: one object per line, with `path`, `label`, and optionally `split` and
/// `speaker`.
///
/// Labels and speakers may be whole numbers.
struct ManifestObject: Decodable {
  private let path: String
  private let label: String
  private let split: String?
  private let speaker: String?

  private enum CodingKeys: String, CodingKey {
    case path, label, split, speaker
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func name(_ key: CodingKeys) throws -> String? {
      guard values.contains(key), try !values.decodeNil(forKey: key) else { return nil }
      if let number = try? values.decode(Int.self, forKey: key) { return String(number) }
      return try values.decode(String.self, forKey: key)
    }
    path = try values.decode(String.self, forKey: .path)
    label = try name(.label) ?? ""
    split = try values.decodeIfPresent(String.self, forKey: .split)
    speaker = try name(.speaker)
  }

  /// Reads all rows; `file` is the manifest's name in errors.
  static func rows(of bytes: [UInt8], file: String) throws(DatasetError) -> [ManifestRow] {
    let decoder = JSONDecoder()
    var rows: [ManifestRow] = []
    for (index, line) in TextFile.lines(of: bytes).enumerated() {
      if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { continue }
      guard let object = try? decoder.decode(Self.self, from: Data(line)) else {
        throw .manifest(file: file, line: index + 1, .badJSON)
      }
      rows.append(
        try ManifestRow(
          line: index + 1, path: Array(object.path.utf8), label: object.label,
          split: object.split, speaker: object.speaker, file: file))
    }
    return rows
  }
}
