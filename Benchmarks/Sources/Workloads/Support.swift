import Glibc
import KeywordSpotting
import SystemPackage

/// A recording of about one second that every clone has.
public let shippedClip = FilePath(#filePath).removingLastComponent().appending(
  "../../../Fixtures/words/yes/rms_nohash_0.flac")

/// Processors that are up.
public func cores() -> Int { sysconf(Int32(_SC_NPROCESSORS_ONLN)) }

/// Keeps the optimizer from dropping work whose result is not used.
@inline(never) public func use<Value>(_ value: Value) {}
