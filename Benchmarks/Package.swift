// swift-tools-version: 6.2
import PackageDescription

let keywordSpotting: Target.Dependency = .product(name: "KeywordSpotting", package: "kws")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

// A package of its own, so that who uses kws never fetches or builds what only measures it.
let package = Package(
  name: "kws-benchmarks",
  dependencies: [
    .package(name: "kws", path: ".."),
    .package(url: "https://github.com/google/swift-benchmark", exact: "0.1.2"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
  ],
  targets: [
    .target(name: "Workloads", dependencies: [keywordSpotting, systemPackage]),
    .executableTarget(
      name: "PartBenchmarks",
      dependencies: [
        "Workloads", keywordSpotting, .product(name: "Benchmark", package: "swift-benchmark"),
      ]),
    .executableTarget(
      name: "ProcessorTime", dependencies: ["Workloads", keywordSpotting, systemPackage]),
  ],
  swiftLanguageModes: [.v6]
)
