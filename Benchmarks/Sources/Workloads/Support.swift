import Glibc
import KeywordSpotting
import SystemPackage

/// A recording of about one second that every clone has.
public let shippedClip = FilePath(#filePath).removingLastComponent().appending(
  "../../../Fixtures/words/yes/rms_nohash_0.flac")

/// Samples in a second.
public let sampleRate = 16_000

/// One-second clips of uniform noise: the front end does the same work for any sound.
public func noiseClips(_ count: Int) -> [[Float]] {
  var generator = SeededGenerator(seed: 0)
  return (0..<count).map { _ in
    (0..<sampleRate).map { _ in Float(generator.uniform(-0.3, 0.3)) }
  }
}

/// Processors that are up.
public func cores() -> Int { sysconf(Int32(_SC_NPROCESSORS_ONLN)) }

/// Keeps the optimizer from dropping work whose result nobody reads.
@inline(never) public func use<Value>(_ value: Value) {}

/// Our recipe with 98 frames a second, as dense as the peers' (training's default is half of that).
public let denseFrames: FrontEndOptions = {
  var options = FrontEndOptions(preset: .kws, sampleRate: sampleRate)
  options.hopMilliseconds = 10
  return options
}()
