import Basics
import CKws
import Recognition
import SystemPackage

// The functions that kws.h declares, and documents. A handle is a retained `Handle`.

private func opened(_ handle: Handle) -> OpaquePointer {
  OpaquePointer(Unmanaged.passRetained(handle).toOpaque())
}

private func handle(_ pointer: OpaquePointer?) -> Handle? {
  pointer.map { Unmanaged<Handle>.fromOpaque(UnsafeRawPointer($0)).takeUnretainedValue() }
}

private func call(
  _ pointer: OpaquePointer?, _ body: (Handle) throws(CallError) -> kws_status
) -> kws_status {
  guard let handle = handle(pointer) else { return KWS_WRONG_USE }
  return handle.call { () throws(CallError) in try body(handle) }
}

/// `count` values from an address that C gives.
private func values<Value>(
  _ start: UnsafePointer<Value>?, _ count: Int
) throws(CallError) -> UnsafeBufferPointer<Value> {
  // Larger than half the address space is negative here.
  guard count >= 0, count <= Int.max / MemoryLayout<Value>.stride else {
    throw .wrongUse("\(UInt(bitPattern: count)) values do not fit into memory")
  }
  guard start != nil || count == 0 else { throw .wrongUse("the samples are NULL") }
  return UnsafeBufferPointer(start: start, count: count)
}

/// Whole numbers as libsndfile scales them.
private func floats(_ samples: UnsafeBufferPointer<Int16>) -> [Float] {
  samples.map { Float($0) / 32_768 }
}

private func push<Value>(
  _ pointer: OpaquePointer?, _ samples: UnsafePointer<Value>?, _ count: Int,
  _ floats: (UnsafeBufferPointer<Value>) -> [Float]
) -> kws_status {
  call(pointer) { handle throws(CallError) in
    try handle.push(floats(try values(samples, count)))
    return KWS_OK
  }
}

private func classify<Value>(
  _ pointer: OpaquePointer?, _ samples: UnsafePointer<Value>?, _ count: Int,
  _ answer: UnsafeMutablePointer<kws_answer>?, _ floats: (UnsafeBufferPointer<Value>) -> [Float]
) -> kws_status {
  call(pointer) { handle throws(CallError) in
    try put(answer) { () throws(CallError) in
      try handle.classify(floats(try values(samples, count)))
    }
  }
}

private func put(
  _ answer: UnsafeMutablePointer<kws_answer>?, _ body: () throws(CallError) -> kws_answer
) throws(CallError) -> kws_status {
  guard let answer else { throw .wrongUse("the answer is NULL") }
  _ = try SizedStruct.size(of: answer, kws_answer.self, name: "kws_answer")
  try SizedStruct.write(try body(), to: answer, name: "kws_answer")
  return KWS_OK
}

/// See kws.h.
@_cdecl("kws_open")
public func kwsOpen(
  _ path: UnsafePointer<CChar>?, _ options: UnsafePointer<kws_options>?
) -> OpaquePointer {
  opened(
    Handle(options) { () throws(CallError) in
      do throws(ModelError) {
        guard let path else { return try .builtIn() }
        return try KeywordModel(contentsOf: FilePath(platformString: path))
      } catch { throw CallError(error) }
    })
}

/// See kws.h.
@_cdecl("kws_open_memory")
public func kwsOpenMemory(
  _ bytes: UnsafeRawPointer?, _ count: Int, _ options: UnsafePointer<kws_options>?
) -> OpaquePointer {
  opened(
    Handle(options) { () throws(CallError) in
      let found = try values(bytes?.assumingMemoryBound(to: UInt8.self), count)
      do throws(ModelError) {
        return try KeywordModel(
          decoding: RawSpan(_unsafeBytes: UnsafeRawBufferPointer(found)), from: "memory")
      } catch { throw CallError(error) }
    })
}

/// See kws.h.
@_cdecl("kws_open_shared")
public func kwsOpenShared(
  _ other: OpaquePointer?, _ options: UnsafePointer<kws_options>?
) -> OpaquePointer {
  guard let other = handle(other) else {
    return opened(Handle(options) { () throws(CallError) in throw .wrongUse("the handle is NULL") })
  }
  return opened(Handle(options, sharing: other))
}

/// See kws.h.
@_cdecl("kws_close")
public func kwsClose(_ pointer: OpaquePointer?) {
  guard let pointer else { return }
  Unmanaged<Handle>.fromOpaque(UnsafeRawPointer(pointer)).release()
}

/// See kws.h.
@_cdecl("kws_error")
public func kwsError(_ pointer: OpaquePointer?) -> UnsafePointer<CChar>? { handle(pointer)?.error }

/// See kws.h.
@_cdecl("kws_last_status")
public func kwsLastStatus(_ pointer: OpaquePointer?) -> kws_status {
  handle(pointer)?.status ?? KWS_WRONG_USE
}

/// See kws.h.
@_cdecl("kws_push")
public func kwsPush(
  _ pointer: OpaquePointer?, _ samples: UnsafePointer<Float>?, _ count: Int
) -> kws_status {
  push(pointer, samples, count) { Array($0) }
}

/// See kws.h.
@_cdecl("kws_push_int16")
public func kwsPushInt16(
  _ pointer: OpaquePointer?, _ samples: UnsafePointer<Int16>?, _ count: Int
) -> kws_status {
  push(pointer, samples, count, floats)
}

/// See kws.h.
@_cdecl("kws_finish")
public func kwsFinish(_ pointer: OpaquePointer?) -> kws_status {
  call(pointer) { handle throws(CallError) in
    try handle.finish()
    return KWS_OK
  }
}

/// See kws.h.
@_cdecl("kws_next")
public func kwsNext(
  _ pointer: OpaquePointer?, _ event: UnsafeMutablePointer<kws_event>?
) -> kws_status {
  call(pointer) { handle throws(CallError) in
    guard let event else { throw .wrongUse("the event is NULL") }
    _ = try SizedStruct.size(of: event, kws_event.self, name: "kws_event")
    guard let next = try handle.next() else { return KWS_NO_EVENT }
    try SizedStruct.write(next, to: event, name: "kws_event")
    return KWS_OK
  }
}

/// See kws.h.
@_cdecl("kws_reset")
public func kwsReset(_ pointer: OpaquePointer?) -> kws_status {
  call(pointer) { handle throws(CallError) in
    try handle.reset()
    return KWS_OK
  }
}

/// See kws.h.
@_cdecl("kws_classify")
public func kwsClassify(
  _ pointer: OpaquePointer?, _ samples: UnsafePointer<Float>?, _ count: Int,
  _ answer: UnsafeMutablePointer<kws_answer>?
) -> kws_status {
  classify(pointer, samples, count, answer) { Array($0) }
}

/// See kws.h.
@_cdecl("kws_classify_int16")
public func kwsClassifyInt16(
  _ pointer: OpaquePointer?, _ samples: UnsafePointer<Int16>?, _ count: Int,
  _ answer: UnsafeMutablePointer<kws_answer>?
) -> kws_status {
  classify(pointer, samples, count, answer, floats)
}

/// See kws.h.
@_cdecl("kws_classify_file")
public func kwsClassifyFile(
  _ pointer: OpaquePointer?, _ path: UnsafePointer<CChar>?,
  _ answer: UnsafeMutablePointer<kws_answer>?
) -> kws_status {
  call(pointer) { handle throws(CallError) in
    try put(answer) { () throws(CallError) in
      guard let path else { throw .wrongUse("the path is NULL") }
      return try handle.classify(.file(FilePath(platformString: path)))
    }
  }
}

/// See kws.h.
@_cdecl("kws_class_count")
public func kwsClassCount(_ pointer: OpaquePointer?) -> Int { handle(pointer)?.classCount ?? 0 }

/// See kws.h.
@_cdecl("kws_label")
public func kwsLabel(_ pointer: OpaquePointer?, _ index: Int) -> UnsafePointer<CChar>? {
  handle(pointer)?.label(index)
}

/// See kws.h.
@_cdecl("kws_threshold")
public func kwsThreshold(_ pointer: OpaquePointer?, _ index: Int) -> Float {
  handle(pointer)?.threshold(index) ?? .nan
}

/// See kws.h.
@_cdecl("kws_sample_rate")
public func kwsSampleRate(_ pointer: OpaquePointer?) -> Int32 {
  Int32(handle(pointer)?.sampleRate ?? 0)
}

private let version = CStrings([Version.current])

/// See kws.h.
@_cdecl("kws_version")
public func kwsVersion() -> UnsafePointer<CChar>? { version[0] }
