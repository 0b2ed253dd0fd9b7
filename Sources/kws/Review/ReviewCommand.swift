import ArgumentParser
import Glibc
import KeywordSpotting
import SystemPackage

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Go through saved events and sort them into folders by word, for the next training.",
    discussion: """
      For a folder that kws listen --save or kws mine --out wrote. Each sound is shown and played, and a \
      key says what it is: y the word that fired, n no keyword (\(ClassLabel.unknown)), w another word, \
      which is asked for; s skips it until the next time, a plays it again, q ends. The sounds are \
      copied; what is answered is not asked again. Answers can come from a pipe, one a line.
      """)

  @Argument(help: "Folder of kws listen --save or kws mine --out.") var folder: String
  @Option(
    help: ArgumentHelp(
      "Folder to sort into (default: the folder's name with -reviewed).", valueName: "folder"))
  var out: String?
  @Option(
    help: ArgumentHelp(
      "Program that plays a file (default: \(SoundPlayer.usual), where there is one).",
      valueName: "program"))
  var player: String?
  @Flag(help: "Play nothing.") var mute = false

  func validate() throws {
    if mute, player != nil { throw ValidationError("--mute plays nothing: leave --player out") }
  }

  func run() throws {
    let source = RawArguments.path(folder)
    let sorted = try destination(of: source)
    var review = try Review(source, into: sorted)
    let waiting = review.events.filter { !review.isAnswered($0) }
    let player = try openPlayer()
    let keys = ReviewKeys()
    Interruption.heed()
    var (done, skipped) = (0, 0)
    var unreadable = 0
    events: for (index, event) in waiting.enumerated() {
      StandardError.line("\(index + 1) of \(waiting.count)  \(Self.text(event))")
      play(event, player, keys)
      while true {
        switch keys.answer(words: review.words) {
        case .again: play(event, player, keys)
        case .skip:
          skipped += 1
          continue events
        case .quit: break events
        case .label(let answer):
          player?.stop()
          do {
            let file = try review.sort(event, as: answer ?? event.label)
            try StandardOutput.line(file.displayName)
            try StandardOutput.flush()
            done += 1
          } catch let error as FileError {
            switch error {
            case .writeFailed, .cannotCreate: throw error
            default:
              unreadable += 1
              StandardError.line("kws: \(error)")
            }
          }
          continue events
        }
      }
    }
    player?.stop()
    let left = waiting.count - done
    let summary =
      "\(done) reviewed" + (left > 0 ? ", \(left) left" : "") + "; \(sorted.displayName): "
      + Self.text(review.counts)
    if let player, player.failures > 0 {
      StandardError.line(
        "kws: warning: \(player.failures) sounds were not played: the player ended with an error "
          + "(--player names another)")
    }
    if let signal = Interruption.signal {
      throw Failure.interrupted("stopped by signal \(signal); \(summary)")
    }
    StandardError.line("kws: \(summary)")
    if unreadable > 0 {
      throw Failure.badData("\(unreadable) of \(waiting.count) events could not be read")
    }
  }

  /// Where sounds are sorted into.
  private func destination(of source: FilePath) throws -> FilePath {
    let path = source.lexicallyNormalized()
    if let out {
      let out = RawArguments.path(out)
      guard out.lexicallyNormalized() != path else {
        throw Failure.usage("--out is the folder that is reviewed: choose another one")
      }
      return out
    }
    guard let name = path.lastComponent, name.kind == .regular else {
      throw Failure.usage("where to? Name a folder with --out")
    }
    return path.removingLastComponent().appending("\(name.string)-reviewed")
  }

  /// What plays, or nil.
  private func openPlayer() throws -> SoundPlayer? {
    if mute { return nil }
    if let player { return try SoundPlayer(RawArguments.path(player)) }
    do { return try SoundPlayer(SoundPlayer.usual) } catch {
      StandardError.line(
        "kws: warning: nothing is played: \(SoundPlayer.usual) is not there (--player names another)"
      )
      return nil
    }
  }

  /// Plays a sound; where no key can be pressed meanwhile, to its end.
  private func play(_ event: SavedEvent, _ player: SoundPlayer?, _ keys: ReviewKeys) {
    guard let player else { return }
    if let problem = player.play(event.path) { StandardError.line("kws: not played: \(problem)") }
    while !keys.isTerminal, player.isPlaying, !Interruption.isRequested { usleep(10_000) }
  }

  /// Word, probability, time and file: `yes  97.1%  0:00:12.25 of kitchen.wav  kept/yes/k.wav`.
  private static func text(_ event: SavedEvent) -> String {
    var parts = [event.label]
    if let probability = event.probability { parts.append(TextCell.percent(probability)) }
    if let time = event.time { parts.append(time) }
    let place = event.start.map { EventView.time(max(0, $0)) }
    let source = event.source.map { (place == nil ? "" : "of ") + $0 }
    let whence = [place, source].compactMap { $0 }.joined(separator: " ")
    if !whence.isEmpty { parts.append(whence) }
    return (parts + [event.path.displayName]).joined(separator: "  ")
  }

  /// `no 3, yes 12`.
  private static func text(_ counts: [String: Int]) -> String {
    if counts.isEmpty { return "nothing yet" }
    return counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      .joined(separator: ", ")
  }
}
