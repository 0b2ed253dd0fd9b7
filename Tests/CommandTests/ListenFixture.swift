import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

/// A stream of tones that the model of `CommandFixture` knows, in several clothes.
enum ListenFixture {
  /// The words of the stream, one every 1.5 s from 1 s on.
  static let words = ["mid", "low", "top", "low"]

  /// The stream at a rate, in Hz, one channel.
  static func samples(at rate: Int = 8_000, seconds: Double = 0.35) -> [Float] {
    var samples = hiss(1, at: rate)
    for (index, word) in words.enumerated() {
      let pitch = ToneDataset.words.first { $0.name == word }!.pitch
      let noise = hiss(seconds, at: rate, seed: UInt64(2 * index + 2))
      samples += noise.enumerated().map { place, noise in
        noise + 0.4 * Float(sin(2 * Double.pi * pitch * Double(place) / Double(rate)))
      }
      samples += hiss(1.5 - seconds, at: rate, seed: UInt64(2 * index + 1))
    }
    return samples
  }

  /// The noise that the model knows: within 4 kHz it is as loud at every rate.
  static func hiss(_ seconds: Double, at rate: Int, seed: UInt64 = 0) -> [Float] {
    var state = seed &+ 12_345
    let level = 0.01 * (Float(rate) / 8_000).squareRoot()
    return (0..<Int(seconds * Double(rate))).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(Int(state >> 40) - (1 << 23)) / Float(1 << 23) * level
    }
  }

  /// Samples of 16 bits without a header.
  static func s16le(_ samples: [Float], channels: Int = 1) -> [UInt8] {
    samples.flatMap { sample -> [UInt8] in
      let bits = UInt16(bitPattern: Int16((sample * 32_767).rounded()))
      return Array(repeating: [UInt8(bits & 0xFF), UInt8(bits >> 8)], count: channels).flatMap(
        \.self)
    }
  }

  /// A WAV file of the stream; `size` is what its header says of the audio, nil the truth.
  static func wav(size: UInt32? = nil) -> [UInt8] {
    let data = s16le(samples())
    var wav = ToneDataset.wav([], sampleRate: 8_000)
    let size = size ?? UInt32(data.count)
    for (place, value) in [(4, size &+ 36), (40, size)] {
      for byte in 0..<4 {
        wav[place + byte] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(byte)))
      }
    }
    return wav + data
  }

  /// Writes bytes to a FIFO in pieces, on a thread of its own, with a pause before piece `stall`.
  static func feed(
    _ path: FilePath, _ bytes: [UInt8], piece: Int, stallBefore stall: Int? = nil,
    seconds: Double = 0, keepsOpen: Double = 0
  ) {
    Thread.detachNewThread {
      signal(SIGPIPE, SIG_IGN)
      let descriptor = path.withPlatformString { open($0, O_WRONLY) }
      for (index, start) in stride(from: 0, to: bytes.count, by: piece).enumerated() {
        if index == stall { usleep(useconds_t(seconds * 1e6)) }
        var part = Array(bytes[start..<min(bytes.count, start + piece)])[...]
        while !part.isEmpty {
          let put = part.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
          guard put > 0 else { break }
          part = part.dropFirst(put)
        }
      }
      usleep(useconds_t(keepsOpen * 1e6))
      close(descriptor)
    }
  }

  /// The objects of JSON lines.
  static func objects(_ output: Program.Output) throws -> [[String: Any]] {
    try output.text.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  /// The labels of the events among JSON lines.
  static func labels(_ output: Program.Output) throws -> [String] {
    try objects(output).filter { $0["kind"] as? String == "event" }.map { $0["label"] as! String }
  }
}
