// `import KeywordSpotting` gives all public API of the library.
@_exported import Auditing
@_exported import Basics
@_exported import Benchmarking
@_exported import Datasets
@_exported import Evaluation
@_exported import Exporting
@_exported import Listening
@_exported import Markup
@_exported import Neural
@_exported import Recognition
@_exported import Sound
@_exported import Statistics
@_exported import Training
