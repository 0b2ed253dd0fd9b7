import Testing

@testable import KeywordSpotting
