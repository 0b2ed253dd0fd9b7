// KeywordSpotting has a type named Benchmark too, so this file imports the library alone.
import Benchmark

Benchmark.main([soundSuite(), networkSuite(), classifySuite()])
