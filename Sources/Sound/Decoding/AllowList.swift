import CSndfile

/// The containers and codecs that are read.
///
/// Everything else libsndfile knows is refused by name: its rarely used decoders are where its memory errors have been.
enum AllowList {
  /// Names of an allowed container and codec.
  /// - Throws: ``AudioError/unsupported(name:what:)`` for the others.
  static func names(
    of format: CInt, name: String
  ) throws(AudioError) -> (container: String, encoding: String) {
    let container = Int(format) & Int(SF_FORMAT_TYPEMASK)
    let encoding = Int(format) & Int(SF_FORMAT_SUBMASK)
    guard let containerName = containers[container] else {
      let what = refusedContainers[container] ?? "container 0x\(String(container, radix: 16))"
      throw .unsupported(name: name, what: what)
    }
    guard let encodingName = encodings[encoding] else {
      let what = refusedEncodings[encoding] ?? "codec 0x\(String(encoding, radix: 16))"
      throw .unsupported(name: name, what: "\(what) in \(containerName)")
    }
    return (containerName, encodingName)
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

  private static let refusedContainers: [Int: String] = [
    Int(SF_FORMAT_RAW): "headerless audio", Int(SF_FORMAT_PAF): "PAF",
    Int(SF_FORMAT_SVX): "IFF/SVX", Int(SF_FORMAT_NIST): "NIST Sphere",
    Int(SF_FORMAT_VOC): "VOC", Int(SF_FORMAT_IRCAM): "IRCAM SF",
    Int(SF_FORMAT_MAT4): "MATLAB 4", Int(SF_FORMAT_MAT5): "MATLAB 5",
    Int(SF_FORMAT_PVF): "PVF", Int(SF_FORMAT_XI): "XI", Int(SF_FORMAT_HTK): "HTK",
    Int(SF_FORMAT_SDS): "SDS", Int(SF_FORMAT_AVR): "AVR", Int(SF_FORMAT_SD2): "SD2",
    Int(SF_FORMAT_WVE): "WVE", Int(SF_FORMAT_MPC2K): "MPC 2000",
  ]

  private static let refusedEncodings: [Int: String] = [
    Int(SF_FORMAT_IMA_ADPCM): "IMA ADPCM", Int(SF_FORMAT_MS_ADPCM): "Microsoft ADPCM",
    Int(SF_FORMAT_GSM610): "GSM 6.10", Int(SF_FORMAT_VOX_ADPCM): "VOX ADPCM",
    Int(SF_FORMAT_NMS_ADPCM_16): "NMS ADPCM", Int(SF_FORMAT_NMS_ADPCM_24): "NMS ADPCM",
    Int(SF_FORMAT_NMS_ADPCM_32): "NMS ADPCM", Int(SF_FORMAT_G721_32): "G.721 ADPCM",
    Int(SF_FORMAT_G723_24): "G.723 ADPCM", Int(SF_FORMAT_G723_40): "G.723 ADPCM",
    Int(SF_FORMAT_DWVW_12): "DWVW", Int(SF_FORMAT_DWVW_16): "DWVW",
    Int(SF_FORMAT_DWVW_24): "DWVW", Int(SF_FORMAT_DWVW_N): "DWVW",
    Int(SF_FORMAT_DPCM_8): "DPCM", Int(SF_FORMAT_DPCM_16): "DPCM",
    Int(SF_FORMAT_ALAC_16): "ALAC", Int(SF_FORMAT_ALAC_20): "ALAC",
    Int(SF_FORMAT_ALAC_24): "ALAC", Int(SF_FORMAT_ALAC_32): "ALAC",
  ]
}
