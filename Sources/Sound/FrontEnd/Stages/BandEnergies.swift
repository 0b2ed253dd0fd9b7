/// Mel band energies of a clip, frames in lanes, and the energies of the frames themselves.
struct BandEnergies {
  /// Number of frames, T.
  private(set) var frameCount = 0
  /// (blocks, bands): lanes without a frame hold zeros.
  var bands: [Lanes] = []
  /// (blocks): zeros unless the recipe asks for them.
  var frames: [Lanes] = []

  /// All zeros.
  init(frames: Int, bands: Int) { clear(frames: frames, bands: bands) }

  /// All zeros, of another size, in memory that is used again.
  mutating func clear(frames: Int, bands: Int) {
    frameCount = frames
    let blocks = Lanes.blocks(frames: frames)
    self.bands.removeAll(keepingCapacity: true)
    self.bands.append(contentsOf: repeatElement(Lanes(), count: blocks * bands))
    self.frames.removeAll(keepingCapacity: true)
    self.frames.append(contentsOf: repeatElement(Lanes(), count: blocks))
  }
}
