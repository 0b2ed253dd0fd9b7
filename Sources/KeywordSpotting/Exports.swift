// Options and results name types of these two modules: who imports KeywordSpotting needs no more.
@_exported import Neural
@_exported import Sound
