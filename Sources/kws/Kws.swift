import ArgumentParser
import KeywordSpotting

@main
struct Kws: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kws", abstract: "Train, run and measure a keyword recogniser.")
}
