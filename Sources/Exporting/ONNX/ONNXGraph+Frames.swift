import Basics
import Glibc
import Sound

// From samples to windows of samples, each by itself.
extension ONNXGraph {
  /// (batch, samples) with zeros on both sides up to `minimum` samples.
  mutating func padded(_ samples: Value, to minimum: Int) -> Value {
    let shape = node("Shape", [samples], as: "samples.shape")
    let axis = constant([1], as: "samples.axis")
    let count = node("Gather", [shape, axis], as: "samples.count", [("axis", .integer(0))])
    let least = constant([minimum], as: "samples.least")
    let none = constant([0], as: "samples.none")
    let two = constant([2], as: "samples.two")
    let difference = node("Sub", [least, count], as: "samples.difference")
    let missing = node("Max", [difference, none], as: "samples.missing")
    let before = node("Div", [missing, two], as: "samples.before")
    let after = node("Sub", [missing, before], as: "samples.after")
    let pads = node(
      "Concat", [none, before, none, after], as: "samples.pads", [("axis", .integer(0))])
    return node("Pad", [samples, pads], as: "clip")
  }

  /// A clip after the stages that need it whole.
  mutating func waveform(_ clip: ONNXClip, _ options: FrontEndOptions) -> Value {
    var samples = clip.samples
    if let decibels = options.levelDecibels {
      let squares = node("Mul", [samples, samples], as: "level.squares")
      let total = sum(squares, over: [1], as: "level.total")
      let count = node(
        "Cast", [clip.count], as: "level.count", [("to", .integer(ONNXType.float.rawValue))])
      let mean = node("Div", [total, count], as: "level.mean")
      let root = node("Sqrt", [mean], as: "level.root")
      let least = constant(Float(pow(10, options.levelFloorDecibels / 20)), as: "level.least")
      let bounded = node("Max", [root, least], as: "level.bounded")
      let target = constant(
        Float(options.amplitude * pow(10, decibels / 20)), as: "level.target")
      let gain = node("Div", [target, bounded], as: "level.gain")
      samples = node("Mul", [samples, gain], as: "leveled")
    } else if options.amplitude != 1 {
      let gain = constant(Float(options.amplitude), as: "amplitude")
      samples = node("Mul", [samples, gain], as: "scaled")
    }
    if options.preEmphasis != 0, options.preEmphasisScope == .clip {
      // The first sample stays: there is nothing before it.
      let previous = shifted(samples, axis: 1, startsAtZero: true, as: "clip_emphasis")
      samples = difference(samples, previous, options.preEmphasis, as: "clip_emphasis")
    }
    return samples
  }

  /// (batch, samples) to (batch, frames, window).
  mutating func framed(
    _ samples: Value, _ clip: ONNXClip, _ options: FrontEndOptions
  ) -> Value {
    let (window, hop) = (options.windowLength, options.hopLength)
    // An odd window has its extra sample before the centre.
    let isCentred = options.framing == .centredZeros || options.framing == .centredMirror
    let reach = isCentred ? (window + 1) / 2 : 0
    let step = constant(hop, as: "hop")
    let one = constant(1, as: "one")
    // Frames beside the first, from the samples beyond it.
    let beyond =
      switch options.framing {
      case .snip:
        node("Sub", [clip.count, constant(window, as: "window")], as: "frames.beyond")
      case .centredZeros, .centredMirror: clip.count
      case .padded: paddedBeyond(clip, window: window, hop: hop)
      }
    let more = node("Div", [beyond, step], as: "frames.more")
    let count = node("Add", [more, one], as: "frames.count")
    let zero = constant(0, as: "zero")
    let numbers = node("Range", [zero, count, one], as: "frames.numbers")
    let starts = node("Mul", [numbers, step], as: "frames.starts")
    let column = node(
      "Unsqueeze", [starts, constant([1], as: "frames.column_axis")], as: "frames.column")
    let first = options.framing == .centredMirror ? -reach : 0
    let offsets = constant(Array(first..<first + window), as: "frames.offsets")
    var places = node("Add", [column, offsets], as: "frames.places")
    var source = samples
    switch options.framing {
    case .snip: break
    case .centredZeros:
      source = node(
        "Pad", [samples, constant([0, reach, 0, window - reach], as: "clip.pads")],
        as: "clip.padded")
    case .padded:
      source = node(
        "Pad", [samples, constant([0, 0, 0, window], as: "clip.pads")], as: "clip.padded")
    case .centredMirror: places = mirrored(places, clip, one)
    }
    return node("Gather", [source, places], as: "frames", [("axis", .integer(1))])
  }

  /// Samples beyond the first frame, rounded up to whole hops.
  private mutating func paddedBeyond(_ clip: ONNXClip, window: Int, hop: Int) -> Value {
    let most = constant(window - hop + 1, as: "frames.most")
    let difference = node("Sub", [clip.count, most], as: "frames.difference")
    return node("Max", [difference, constant(0, as: "frames.none")], as: "frames.beyond")
  }

  /// Places outside the clip as those of its mirror image.
  private mutating func mirrored(_ places: Value, _ clip: ONNXClip, _ one: Value) -> Value {
    let before = node("Abs", [places], as: "frames.before")
    let last = node("Sub", [clip.count, one], as: "clip.last")
    let twice = node("Add", [last, last], as: "clip.twice")
    let after = node("Sub", [twice, before], as: "frames.after")
    let isAfter = node("Greater", [before, last], as: "frames.is_after")
    return node("Where", [isAfter, after, before], as: "frames.mirrored")
  }

  /// (batch, frames, 1): the sum of a frame's squares.
  mutating func energy(_ frames: Value) -> Value {
    let squares = node("Mul", [frames, frames], as: "energy.squares")
    return sum(squares, over: [2], as: "energy")
  }

  /// Frames after x[n] - k x[n-1], each by itself: x[0] - k x[0].
  mutating func emphasized(_ frames: Value, by coefficient: Double) -> Value {
    let previous = shifted(frames, axis: 2, startsAtZero: false, as: "emphasis")
    return difference(frames, previous, coefficient, as: "emphasis")
  }

  private mutating func difference(
    _ current: Value, _ previous: Value, _ coefficient: Double, as name: String
  ) -> Value {
    let factor = constant(Float(coefficient), as: name + ".factor")
    let part = node("Mul", [previous, factor], as: name + ".part")
    return node("Sub", [current, part], as: name)
  }

  /// Each value in the place of the one after it; before the first stands itself, or zero.
  private mutating func shifted(
    _ values: Value, axis: Int, startsAtZero: Bool, as name: String
  ) -> Value {
    let zero = constant([0], as: name + ".start")
    let one = constant([1], as: name + ".one")
    let minusOne = constant([-1], as: name + ".end")
    let axes = constant([axis], as: name + ".axes")
    var first = node("Slice", [values, zero, one, axes], as: name + ".first")
    if startsAtZero { first = node("Sub", [first, first], as: name + ".zero") }
    let rest = node("Slice", [values, zero, minusOne, axes], as: name + ".rest")
    return node("Concat", [first, rest], as: name + ".previous", [("axis", .integer(axis))])
  }
}
