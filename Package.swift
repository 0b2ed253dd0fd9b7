// swift-tools-version: 6.2
import PackageDescription

// Products of matrices are our own C; KWS_BLAS=openblas takes OpenBLAS for them, so that the tests
// can compare the two.
let usesOpenBLAS = Context.environment["KWS_BLAS"] == "openblas"

// SwiftPM's --static-swift-stdlib links programs with Swift's own libraries, but not shared libraries.
let hasStaticRuntime = Context.environment["KWS_STATIC_RUNTIME"] != nil

// Our own targets only: with -Xswiftc the flag would reach the dependencies as well.
let isStrict = Context.environment["KWS_STRICT"] != nil
let testSettings: [SwiftSetting] = isStrict ? [.treatAllWarnings(as: .error)] : []
// The checks of integers and indices stay in optimised code, and it runs all tests in half the time.
let swiftSettings =
  testSettings + (isStrict ? [.unsafeFlags(["-O"], .when(configuration: .debug))] : [])
let cSettings: [CSetting] = isStrict ? [.treatAllWarnings(as: .error)] : []

let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

let package = Package(
  name: "kws",
  products: [
    .library(name: "KeywordSpotting", targets: ["KeywordSpotting"]),
    .executable(name: "kws", targets: ["kws"]),
    // The C interface, which Scripts/install-library builds and installs as libkws.so.
    .library(name: "kws-library", type: .dynamic, targets: ["Embedding"]),
  ],
  // By range, so that an app can use the library beside others; Package.resolved has what was tested.
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2")),
    .package(url: "https://github.com/apple/swift-system", .upToNextMinor(from: "1.8.1")),
  ],
  targets: [
    .systemLibrary(
      name: "CSndfile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
    .systemLibrary(name: "CFFTW", pkgConfig: "fftw3f", providers: [.apt(["libfftw3-dev"])]),
    .systemLibrary(name: "CSoxr", pkgConfig: "soxr", providers: [.apt(["libsoxr-dev"])]),
    .target(
      name: "CNeural",
      dependencies: usesOpenBLAS ? ["COpenBLAS"] : [],
      cSettings: cSettings + (usesOpenBLAS ? [.define("KWS_OPENBLAS")] : []),
      // A C file's include links nothing by itself, and pkg-config may not be installed.
      linkerSettings: usesOpenBLAS ? [.linkedLibrary("openblas")] : []),
    // Each module uses those before it, and none that comes after.
    .target(
      name: "Basics",
      dependencies: [system],
      swiftSettings: swiftSettings),
    .target(name: "Statistics", dependencies: ["Basics"], swiftSettings: swiftSettings),
    .target(name: "Markup", dependencies: ["Statistics"], swiftSettings: swiftSettings),
    .target(
      name: "Sound", dependencies: ["Basics", "CSndfile", "CFFTW", "CSoxr", system],
      swiftSettings: swiftSettings),
    .target(name: "Neural", dependencies: ["Basics", "CNeural"], swiftSettings: swiftSettings),
    // The model that ships with the program, as bytes in the executable: a resource bundle would tie
    // the binary to a folder.
    .target(
      name: "CModel",
      exclude: [
        "MODEL_CARD.md", "speech-commands.safetensors", "words.safetensors",
        "other-words.opus", "other-words.csv",
      ],
      cSettings: cSettings),
    .target(
      name: "Recognition", dependencies: ["Sound", "Neural", "Statistics", "CModel", system],
      swiftSettings: swiftSettings),
    .target(name: "Datasets", dependencies: ["Recognition", system], swiftSettings: swiftSettings),
    .target(
      name: "Evaluation", dependencies: ["Datasets", "Markup", system], swiftSettings: swiftSettings
    ),
    .target(
      name: "Training", dependencies: ["Evaluation", "CModel", system], swiftSettings: swiftSettings
    ),
    .target(name: "Auditing", dependencies: ["Training"], swiftSettings: swiftSettings),
    .target(
      name: "Benchmarking", dependencies: ["Training", system], swiftSettings: swiftSettings),
    .target(name: "Exporting", dependencies: ["Evaluation", system], swiftSettings: swiftSettings),
    .target(
      name: "Listening", dependencies: ["Recognition", system], swiftSettings: swiftSettings),
    .target(
      name: "KeywordSpotting",
      dependencies: ["Auditing", "Benchmarking", "Exporting", "Listening"],
      swiftSettings: swiftSettings),
    .systemLibrary(name: "CKws"),
    .target(
      name: "Embedding", dependencies: ["CKws", "Recognition", system],
      swiftSettings: swiftSettings,
      linkerSettings: hasStaticRuntime ? [.unsafeFlags(["-static-stdlib"])] : []),
    .executableTarget(
      name: "kws",
      dependencies: [
        "KeywordSpotting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "TestSupport",
      dependencies: [.product(name: "SystemPackage", package: "swift-system")],
      path: "Tests/TestSupport", swiftSettings: testSettings),
    .testTarget(name: "SoundTests", dependencies: ["Sound"], swiftSettings: testSettings),
    .testTarget(
      name: "NeuralTests", dependencies: ["CNeural", "Neural"], swiftSettings: testSettings),
    .testTarget(
      name: "KeywordSpottingTests", dependencies: ["KeywordSpotting", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "ListeningTests", dependencies: ["Listening", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "EmbeddingTests", dependencies: ["Embedding", "CKws", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "CommandTests", dependencies: ["KeywordSpotting", "kws", "TestSupport"],
      swiftSettings: testSettings),
  ],
  swiftLanguageModes: [.v6]
)

if usesOpenBLAS {
  // Only what multiplies is tested over it, so that these tests are built without the rest.
  package.targets.removeAll { $0.isTest && $0.name != "NeuralTests" }
  package.targets.append(
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]))
}
