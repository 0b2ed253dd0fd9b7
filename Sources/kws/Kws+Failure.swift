import ArgumentParser
import Glibc

extension Kws {
  /// Prints the error, and returns the exit code.
  ///
  /// The caller exits: memory that this frame still holds at exit would be a leak.
  static func report(_ error: any Error, arguments: [String]) -> CInt {
    guard let code = Failure.code(of: error) else { return reportAsParser(error, arguments) }
    try? StandardOutput.flush()
    // What a terminal shows of Ctrl-C stands behind the bar.
    if Interruption.isRequested { ProgressBar.leave() } else { ProgressBar.clear() }
    StandardError.line("kws: \(Failure.text(of: error))")
    return code
  }

  /// Handles errors of the argument parser, including help and version.
  private static func reportAsParser(_ error: any Error, _ arguments: [String]) -> CInt {
    let code = exitCode(for: error).rawValue
    if code != 0, let first = arguments.first, !first.hasPrefix("-"),
      !commandNames.contains(first)
    {
      StandardError.line("kws: " + unknownCommand(first))
      return EX_USAGE
    }
    guard code == 0 else {
      let command = arguments.first.map { commandNames.contains($0) ? $0 + " " : "" } ?? ""
      let message = unknownOption(arguments) ?? Self.message(for: error).replacing("\n", with: " ")
      StandardError.line("kws: \(message) (see kws \(command)--help)")
      return code
    }
    do {
      try StandardOutput.line(fullMessage(for: error))
      try StandardOutput.flush()
      return 0
    } catch { return report(error, arguments: []) }
  }
}
