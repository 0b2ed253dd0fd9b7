import Recognition
import Sound

/// A clip and its windows.
struct WindowedClip: Sendable {
  /// At the model's rate.
  var samples: [Float]
  /// Each with its features before normalisation.
  var windows: [WindowStream.Window]
}

/// Runs an exported model.
protocol ExportRunner {
  /// The posteriors of each clip's windows: (clips, windows, C).
  ///
  /// - Throws: `RunnerError` or `FileError`.
  func posteriors(of clips: [WindowedClip]) throws -> [[[Float]]]
}

extension ExportRunner {
  /// The rows of all windows as those of each clip.
  func grouped(_ rows: [[Float]], by clips: [WindowedClip], program: String) throws -> [[[Float]]] {
    let count = clips.reduce(0) { $0 + $1.windows.count }
    guard rows.count == count else {
      throw RunnerError.failed(program: program, "\(rows.count) windows, not \(count)")
    }
    var next = 0
    return clips.map { clip in
      defer { next += clip.windows.count }
      return Array(rows[next..<next + clip.windows.count])
    }
  }
}

/// Why an exported file could not be run, in one sentence.
public enum RunnerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Something that has to be installed.
  case missing(String)
  /// A program failed; the last line that it said.
  case failed(program: String, String)

  /// The failure of a program by what it said on standard error.
  init(program: String, errors: String) {
    let line = errors.split(separator: "\n").last.map(String.init)
    self = .failed(program: program, line ?? "no reason given")
  }

  /// One sentence: what is wrong and what to do.
  public var description: String {
    switch self {
    case .missing(let what): what
    case .failed(let program, let reason): "\(program): \(reason)"
    }
  }
}
