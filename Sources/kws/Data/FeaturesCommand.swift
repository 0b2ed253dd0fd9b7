import ArgumentParser
import KeywordSpotting
import SystemPackage

struct FeaturesCommand: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument { case csv, json, npy }

  static let configuration = CommandConfiguration(
    commandName: "features",
    abstract: "Print a clip's MFCC frames, to compare with other toolkits.",
    discussion: """
      One row per frame, one column per coefficient, without a model's normalisation. npy is \
      NumPy's format: float32, (frames, coefficients).
      """)

  @Argument(help: "Audio file, or - for standard input.") var clip: String
  @OptionGroup var features: TableOptions<FeatureSelection>
  @Option(help: "csv, json or npy.") var format = Format.csv
  @Option(help: ArgumentHelp("File to write (default: standard output).", valueName: "file"))
  var out: String?
  @OptionGroup var channel: ChannelOption

  func run() throws {
    if let out { try AtomicFile.check(RawArguments.path(out)) }
    var choices = TrainingOptions(threads: 1)
    try features.apply(to: &choices)
    let input = try ClipInput.one(clip)
    let reader = ClipReader(
      AudioDecoder(sampleRate: choices.sampleRate, channel: channel.channel))
    let decoded = try Isolation.decode(input, with: reader)
    var options = FrontEndOptions(preset: choices.preset, sampleRate: decoded.sampleRate)
    choices.adjustFrontEnd(&options)
    let frames = try FrontEnd(options).features(of: decoded.samples)
    let bytes = render(frames)
    if let out {
      try AtomicFile.write(bytes, to: RawArguments.path(out))
    } else {
      try StandardOutput.write(bytes: bytes)
    }
  }

  private func render(_ features: Features) -> [UInt8] {
    let rows = (0..<features.frameCount).map { frame in
      features[frame].map { "\($0)" }.joined(separator: ",")
    }
    switch format {
    case .csv: return Array((rows.joined(separator: "\n") + (rows.isEmpty ? "" : "\n")).utf8)
    case .json:
      return Array(("[" + rows.map { "[\($0)]" }.joined(separator: ",\n ") + "]\n").utf8)
    case .npy: return NumPyFile.bytes(features)
    }
  }
}

/// NumPy's array file, version 1.0 (numpy.lib.format): magic, header, values.
enum NumPyFile {
  static func bytes(_ features: Features) -> [UInt8] {
    var header =
      "{'descr': '<f4', 'fortran_order': False, "
      + "'shape': (\(features.frameCount), \(features.featureCount)), }"
    // Magic, version, length and header together fill whole lines of 64 bytes.
    while (10 + header.utf8.count + 1) % 64 != 0 { header += " " }
    header += "\n"
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    bytes += [UInt8(header.utf8.count & 0xFF), UInt8(header.utf8.count >> 8)]
    bytes += Array(header.utf8)
    for value in features.values {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += Array($0) }
    }
    return bytes
  }
}
