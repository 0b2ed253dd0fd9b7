/// Mel band energies of a clip, with frames in lanes, and the energy of each frame.
struct BandEnergies {
  /// Number of frames, T.
  private(set) var frameCount = 0
  /// (blocks, bands): lanes without a frame hold zeros.
  var bands: [Lanes] = []
  /// (blocks): zeros unless the recipe asks for them.
  var frames: [Lanes] = []

  /// Zeros.
  init(frames: Int, bands: Int) { clear(frames: frames, bands: bands) }

  /// Sets all to zero at a new size; reuses the memory.
  mutating func clear(frames: Int, bands: Int) {
    frameCount = frames
    let blocks = Lanes.blocks(frames: frames)
    self.bands.removeAll(keepingCapacity: true)
    self.bands.append(contentsOf: repeatElement(Lanes(), count: blocks * bands))
    self.frames.removeAll(keepingCapacity: true)
    self.frames.append(contentsOf: repeatElement(Lanes(), count: blocks))
  }
}
