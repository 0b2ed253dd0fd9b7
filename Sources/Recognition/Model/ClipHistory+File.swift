/// A role's entry in the metadata of a model; the clips themselves are stored as a tensor.
package struct ClipRecordSummary: Codable, Equatable {
  /// Number of clips in the tensor; with 0 there is no tensor.
  package var clips: Int
  package var filter: ClipFilter?
  package var isComplete: Bool

  private enum CodingKeys: String, CodingKey { case clips, filter, isComplete }

  package init(_ record: ClipRecord) {
    (clips, filter, isComplete) = (record.clips.count, record.filter, record.isComplete)
  }

  /// Reads a summary; every key must be there.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    clips = try values.decode(Int.self, forKey: .clips)
    filter = try values.decode(ClipFilter?.self, forKey: .filter)
    isComplete = try values.decode(Bool.self, forKey: .isComplete)
  }

  /// Writes every key; null without a filter.
  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(clips, forKey: .clips)
    try values.encode(filter, forKey: .filter)
    try values.encode(isComplete, forKey: .isComplete)
  }
}

/// The entries of all roles.
package struct ClipHistorySummary: Codable, Equatable {
  package var trained: ClipRecordSummary
  package var selected: ClipRecordSummary
  package var thresholds: ClipRecordSummary

  package init(_ history: ClipHistory) {
    trained = ClipRecordSummary(history.trained)
    selected = ClipRecordSummary(history.selected)
    thresholds = ClipRecordSummary(history.thresholds)
  }

  package subscript(role: ClipRole) -> ClipRecordSummary {
    switch role {
    case .trained: trained
    case .selected: selected
    case .thresholds: thresholds
    }
  }
}

extension ClipRole {
  /// The tensor of the model file that holds the role's clips, as `ClipSet` packs them.
  package var tensorName: String { "clips.\(rawValue)" }
}

extension ClipHistory {
  /// The tensors of the roles that have clips.
  package var tensors: [ByteTensor] {
    ClipRole.allCases.filter { self[$0].clips.count > 0 }.map {
      ByteTensor(name: $0.tensorName, bytes: self[$0].clips.packed)
    }
  }

  /// Reads the clips from the tensors of a file, using the summary in its metadata.
  ///
  /// - Throws: `TensorFault` if the two do not agree.
  package init(_ summary: ClipHistorySummary, _ tensors: [ByteTensor]) throws(TensorFault) {
    for role in ClipRole.allCases {
      let (stated, name) = (summary[role], role.tensorName)
      var record = ClipRecord(filter: stated.filter, isComplete: stated.isComplete)
      if let tensor = tensors.first(where: { $0.name == name }) {
        guard let clips = ClipSet(packed: tensor.bytes) else { throw .clips(name) }
        record.clips = clips
      }
      guard record.clips.count == stated.clips else {
        throw .clipCount(name: name, found: record.clips.count, stated: stated.clips)
      }
      self[role] = record
    }
    let names = ClipRole.allCases.map(\.tensorName)
    if let other = tensors.first(where: { !names.contains($0.name) }) {
      throw .unexpected(other.name)
    }
  }
}
