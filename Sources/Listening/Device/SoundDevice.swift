import Glibc

/// A device that records, as ALSA lists it.
public struct SoundDevice: Equatable, Sendable {
  /// What `--device` takes.
  public var name: String
  /// ALSA's description, in one line.
  public var description: String

  /// The devices of this machine that record.
  ///
  /// - Throws: `DeviceError.noLibrary`.
  public static func all() throws(DeviceError) -> [SoundDevice] {
    let alsa = try Alsa.load()
    var hints: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    guard alsa.hints(-1, "pcm", &hints) == 0, let hints else { return [] }
    defer { _ = alsa.freeHints(hints) }
    func text(_ hint: UnsafeMutableRawPointer, _ key: String) -> String? {
      guard let pointer = alsa.hint(hint, key) else { return nil }
      defer { free(pointer) }
      return String(cString: pointer)
    }
    var devices: [SoundDevice] = []
    var place = hints
    while let hint = place.pointee {
      // Without a direction a device does both.
      if let name = text(hint, "NAME"), text(hint, "IOID") ?? "Input" == "Input" {
        let description = text(hint, "DESC") ?? ""
        devices.append(
          SoundDevice(name: name, description: description.replacing("\n", with: ", ")))
      }
      place += 1
    }
    return devices
  }
}
