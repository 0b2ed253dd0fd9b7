import CFFTW
import CSndfile
import CSoxr

/// The versions of the C libraries in use, as they report them at run time.
public enum LibraryVersions {
  /// Such as `libsndfile-1.2.0`, `fftw-3.3.10-sse2-avx`, `libsoxr-0.1.3`.
  public static var all: [String] {
    [sf_version_string(), kws_fftw_version(), soxr_version()].map { String(cString: $0) }
  }
}
