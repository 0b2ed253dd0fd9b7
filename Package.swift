// swift-tools-version: 6.2
import PackageDescription

// Which library multiplies matrices. libxsmm is in Debian for amd64 only; KWS_BLAS=openblas takes
// the other one there too, so that both are tested on one machine.
#if arch(x86_64)
  let usesOpenBLAS = Context.environment["KWS_BLAS"] == "openblas"
#else
  let usesOpenBLAS = true
#endif

// Our own targets only: with -Xswiftc the flag would reach the dependencies as well.
let isStrict = Context.environment["KWS_STRICT"] != nil
let swiftSettings: [SwiftSetting] = isStrict ? [.treatAllWarnings(as: .error)] : []
let cSettings: [CSetting] = isStrict ? [.treatAllWarnings(as: .error)] : []

let package = Package(
  name: "kws",
  products: [
    .library(name: "KeywordSpotting", targets: ["KeywordSpotting"]),
    .executable(name: "kws", targets: ["kws"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
  ],
  targets: [
    .systemLibrary(
      name: "CSndfile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
    .systemLibrary(name: "CFFTW", pkgConfig: "fftw3f", providers: [.apt(["libfftw3-dev"])]),
    .systemLibrary(name: "CSoxr", pkgConfig: "soxr", providers: [.apt(["libsoxr-dev"])]),
    usesOpenBLAS
      ? .systemLibrary(
        name: "CBLAS", path: "Sources/COpenBLAS", pkgConfig: "openblas",
        providers: [.apt(["libopenblas-dev"])])
      : .systemLibrary(
        name: "CBLAS", path: "Sources/CXSMM", pkgConfig: "libxsmm",
        providers: [.apt(["libxsmm-dev"])]),
    .target(
      name: "CNeural",
      dependencies: ["CBLAS"],
      cSettings: cSettings + (usesOpenBLAS ? [.define("KWS_OPENBLAS")] : [])),
    .target(
      name: "Sound",
      dependencies: [
        "CSndfile", "CFFTW", "CSoxr",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: swiftSettings),
    .target(name: "Neural", dependencies: ["CNeural"], swiftSettings: swiftSettings),
    .target(
      name: "KeywordSpotting",
      dependencies: [
        "Sound", "Neural",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "kws",
      dependencies: [
        "KeywordSpotting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swiftSettings),
    .testTarget(name: "SoundTests", dependencies: ["Sound"], swiftSettings: swiftSettings),
    .testTarget(name: "NeuralTests", dependencies: ["Neural"], swiftSettings: swiftSettings),
    .testTarget(
      name: "KeywordSpottingTests", dependencies: ["KeywordSpotting"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "CommandTests", dependencies: ["KeywordSpotting", "kws"],
      swiftSettings: swiftSettings),
  ],
  swiftLanguageModes: [.v6]
)
