import Glibc

/// The functions of ALSA's library that are used, loaded when a microphone is wanted.
///
/// Nothing links the library, so that a machine without it runs everything else. Numbers are those of
/// its headers.
struct Alsa: Sendable {
  typealias Device = OpaquePointer
  typealias Parameters = OpaquePointer
  typealias Number = UnsafeMutablePointer<CUnsignedInt>
  typealias Direction = UnsafeMutablePointer<CInt>
  typealias Setter = @convention(c) (Device, Parameters, CUnsignedInt) -> CInt
  typealias NearSetter = @convention(c) (Device, Parameters, Number, Direction?) -> CInt

  /// snd_pcm_stream_t and snd_pcm_access_t.
  static let (capture, interleaved): (CInt, CUnsignedInt) = (1, 3)
  /// snd_pcm_format_t of the encodings that are read, the best first.
  static let formats: [(number: CUnsignedInt, encoding: String)] = [
    (2, "s16le"), (10, "s32le"), (14, "f32le"), (32, "s24le"), (1, "u8"),
  ]

  var open: @convention(c) (UnsafeMutablePointer<Device?>, UnsafePointer<CChar>, CInt, CInt) -> CInt
  var close: @convention(c) (Device) -> CInt
  var prepare: @convention(c) (Device) -> CInt
  var resume: @convention(c) (Device) -> CInt
  var read: @convention(c) (Device, UnsafeMutableRawPointer, CUnsignedLong) -> CLong
  var message: @convention(c) (CInt) -> UnsafePointer<CChar>?

  var makeParameters: @convention(c) (UnsafeMutablePointer<Parameters?>) -> CInt
  var freeParameters: @convention(c) (Parameters) -> Void
  var anyParameters: @convention(c) (Device, Parameters) -> CInt
  var setParameters: @convention(c) (Device, Parameters) -> CInt
  var setResampling: Setter
  var setAccess: Setter
  var setFormat: Setter
  var setLeastChannels: @convention(c) (Device, Parameters, Number) -> CInt
  var setChannelsNear: @convention(c) (Device, Parameters, Number) -> CInt
  var setLeastRate: NearSetter
  var setRateNear: NearSetter
  var setPeriodTimeNear: NearSetter
  var setBufferTimeNear: NearSetter

  var hints:
    @convention(c) (
      CInt, UnsafePointer<CChar>,
      UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutableRawPointer?>?>
    ) -> CInt
  var hint:
    @convention(c) (UnsafeMutableRawPointer, UnsafePointer<CChar>) -> UnsafeMutablePointer<CChar>?
  var freeHints: @convention(c) (UnsafeMutablePointer<UnsafeMutableRawPointer?>) -> CInt

  /// ALSA's words for one of its errors, which are negative.
  func text(of error: CInt) -> String { message(error).map { String(cString: $0) } ?? "\(error)" }
}

extension Alsa {
  /// Loads the library, once in a process.
  ///
  /// - Throws: `DeviceError.noLibrary`.
  static func load() throws(DeviceError) -> Alsa {
    guard let loaded else { throw .noLibrary }
    return loaded
  }

  private static let loaded: Alsa? = {
    guard let library = dlopen(DeviceError.alsaLibrary, RTLD_NOW | RTLD_LOCAL) else { return nil }
    func pointer(_ name: String) -> UnsafeMutableRawPointer? { dlsym(library, "snd_" + name) }
    guard let open = pointer("pcm_open"), let close = pointer("pcm_close"),
      let prepare = pointer("pcm_prepare"), let resume = pointer("pcm_resume"),
      let read = pointer("pcm_readi"), let message = pointer("strerror"),
      let make = pointer("pcm_hw_params_malloc"), let free = pointer("pcm_hw_params_free"),
      let any = pointer("pcm_hw_params_any"), let set = pointer("pcm_hw_params"),
      let resampling = pointer("pcm_hw_params_set_rate_resample"),
      let access = pointer("pcm_hw_params_set_access"),
      let format = pointer("pcm_hw_params_set_format"),
      let leastChannels = pointer("pcm_hw_params_set_channels_min"),
      let channels = pointer("pcm_hw_params_set_channels_near"),
      let leastRate = pointer("pcm_hw_params_set_rate_min"),
      let rate = pointer("pcm_hw_params_set_rate_near"),
      let period = pointer("pcm_hw_params_set_period_time_near"),
      let buffer = pointer("pcm_hw_params_set_buffer_time_near"),
      let hints = pointer("device_name_hint"), let hint = pointer("device_name_get_hint"),
      let freeHints = pointer("device_name_free_hint")
    else { return nil }
    silence(pointer("lib_error_set_handler"))
    func cast<Function>(_ pointer: UnsafeMutableRawPointer) -> Function {
      unsafeBitCast(pointer, to: Function.self)
    }
    return Alsa(
      open: cast(open), close: cast(close), prepare: cast(prepare), resume: cast(resume),
      read: cast(read), message: cast(message), makeParameters: cast(make),
      freeParameters: cast(free), anyParameters: cast(any), setParameters: cast(set),
      setResampling: cast(resampling), setAccess: cast(access), setFormat: cast(format),
      setLeastChannels: cast(leastChannels), setChannelsNear: cast(channels),
      setLeastRate: cast(leastRate), setRateNear: cast(rate), setPeriodTimeNear: cast(period),
      setBufferTimeNear: cast(buffer), hints: cast(hints), hint: cast(hint),
      freeHints: cast(freeHints))
  }()

  /// The library writes lines of its own on standard error for every device that it tries.
  private static func silence(_ pointer: UnsafeMutableRawPointer?) {
    typealias Handler =
      @convention(c) (UnsafePointer<CChar>?, CInt, UnsafePointer<CChar>?, CInt) ->
      Void
    typealias SetHandler = @convention(c) (Handler?) -> CInt
    guard let pointer else { return }
    // More arguments come than are taken, which the calling conventions of Linux allow.
    _ = unsafeBitCast(pointer, to: SetHandler.self)({ _, _, _, _ in })
  }
}
