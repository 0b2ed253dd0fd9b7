import CSndfile

/// Names of the containers and codecs that are read.
///
/// ``AudioLayout`` has refused all others before libsndfile opened the file. This second check is
/// on the format that libsndfile recognised. Its rarely used decoders have had memory errors.
enum AllowList {
  /// Names of an allowed container and codec, from libsndfile's format bits.
  /// - Throws: ``AudioError/unsupported(name:what:)`` for the others.
  static func names(
    of format: CInt, name: String
  ) throws(AudioError) -> (container: String, encoding: String) {
    let container = Int(format) & Int(SF_FORMAT_TYPEMASK)
    let encoding = Int(format) & Int(SF_FORMAT_SUBMASK)
    guard let container = containers[container], let encoding = encodings[encoding] else {
      throw .unsupported(name: name, what: "format 0x\(String(format, radix: 16))")
    }
    return (container, encoding)
  }

  private static let containers: [Int: String] = [
    Int(SF_FORMAT_WAV): "WAV", Int(SF_FORMAT_WAVEX): "WAV", Int(SF_FORMAT_RF64): "RF64",
    Int(SF_FORMAT_W64): "W64", Int(SF_FORMAT_AIFF): "AIFF", Int(SF_FORMAT_AU): "AU",
    Int(SF_FORMAT_CAF): "CAF", Int(SF_FORMAT_FLAC): "FLAC", Int(SF_FORMAT_OGG): "Ogg",
    Int(SF_FORMAT_MPEG): "MPEG",
  ]

  private static let encodings: [Int: String] = [
    Int(SF_FORMAT_PCM_S8): "8-bit PCM", Int(SF_FORMAT_PCM_U8): "unsigned 8-bit PCM",
    Int(SF_FORMAT_PCM_16): "16-bit PCM", Int(SF_FORMAT_PCM_24): "24-bit PCM",
    Int(SF_FORMAT_PCM_32): "32-bit PCM", Int(SF_FORMAT_FLOAT): "32-bit float",
    Int(SF_FORMAT_DOUBLE): "64-bit float", Int(SF_FORMAT_ALAW): "A-law",
    Int(SF_FORMAT_ULAW): "mu-law", Int(SF_FORMAT_VORBIS): "Vorbis",
    Int(SF_FORMAT_OPUS): "Opus", Int(SF_FORMAT_MPEG_LAYER_I): "MPEG layer I",
    Int(SF_FORMAT_MPEG_LAYER_II): "MPEG layer II", Int(SF_FORMAT_MPEG_LAYER_III): "MP3",
  ]
}
