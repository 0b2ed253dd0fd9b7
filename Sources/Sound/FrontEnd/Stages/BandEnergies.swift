/// Mel band energies of a clip, frames in lanes, and the energies of the frames themselves.
struct BandEnergies {
  /// Number of frames, T.
  let frameCount: Int
  /// (blocks, bands): lanes without a frame hold zeros.
  var bands: [Lanes]
  /// (blocks): zeros unless the recipe asks for them.
  var frames: [Lanes]

  /// All zeros.
  init(frames: Int, bands: Int) {
    frameCount = frames
    let blocks = Lanes.blocks(frames: frames)
    self.bands = [Lanes](repeating: Lanes(), count: blocks * bands)
    self.frames = [Lanes](repeating: Lanes(), count: blocks)
  }
}
