"""A model, its clips and its streams."""

from __future__ import annotations

import ctypes
import operator
import os
import threading
from ctypes import byref, c_float, c_int16, c_void_p, sizeof
from typing import Any, Dict, Iterator, Optional, Tuple, Union

from ._errors import WrongUse, error_of
from ._library import NO_EVENT, OK, CAnswer, CEvent, Options, library
from ._results import Answer, Event
from ._samples import ENCODINGS, Samples, pieces_of, samples_of
from ._wave import Path, read_wave

#: Rate in Hz, number of channels, and the channel that is read (0: the model's own).
_Format = Tuple[int, int, int]


def library_version() -> str:
    """The version of libkws."""
    version: bytes = library().kws_version()
    return version.decode()


def open(
    source: Union[Path, bytes, None] = None, *, threshold: Optional[float] = None
) -> Model:
    """Opens a model.

    Parameters:
        source: A model file, or its bytes; without it, the built-in model.
        threshold: The posterior that every keyword must reach, 0 to 1; without it, the model's own.

    Raises:
        NotFound, ReadFailed: The file cannot be read.
        BadData: It is no model.
        WrongUse: The threshold is not within 0 to 1.
        LibraryMissing: There is no libkws.
    """
    return Model(source, threshold=threshold)


class _Handle:
    """A handle of libkws; calls are made by one thread at a time."""

    def __init__(self, pointer: int) -> None:
        self.pointer = c_void_p(pointer)
        self.lock = threading.Lock()
        self.check(library().kws_last_status(self.pointer))

    def check(self, status: int) -> None:
        """Raises the error of the last call, if its status is none of success."""
        if status not in (OK, NO_EVENT):
            text = library().kws_error(self.pointer) or b"the handle is closed"
            raise error_of(status, text.decode(errors="replace"))

    def __del__(self) -> None:
        # The constructor may have failed before there was a pointer.
        if getattr(self, "pointer", None):
            library().kws_close(self.pointer)


class Model:
    """A keyword recogniser. It may be used by several threads.

    Example:
        >>> model = kws.open()
        >>> model.classify("clip.wav").label
        'yes'
    """

    def __init__(
        self, source: Union[Path, bytes, None] = None, *, threshold: Optional[float] = None
    ) -> None:
        """See `kws.open`."""
        call = library()
        options = _options((0, 0, 0), threshold)
        if source is None:
            pointer = call.kws_open(None, byref(options))
        elif isinstance(source, (bytes, bytearray, memoryview)):
            data = bytes(source)
            pointer = call.kws_open_memory(data, len(data), byref(options))
        else:
            pointer = call.kws_open(_path(source), byref(options))
        self._main = _Handle(pointer)
        self._handles: Dict[_Format, _Handle] = {}
        self._lock = threading.Lock()
        handle = self._main.pointer
        self._labels = tuple(
            call.kws_label(handle, index).decode() for index in range(call.kws_class_count(handle)))
        thresholds = [call.kws_threshold(handle, index) for index in range(len(self._labels))]
        self._thresholds = {
            label: threshold
            for label, threshold in zip(self._labels, thresholds)
            if not label.startswith("_")
        }
        self._sample_rate = int(call.kws_sample_rate(handle))

    @property
    def labels(self) -> Tuple[str, ...]:
        """The classes, in the order of the posteriors."""
        return self._labels

    @property
    def thresholds(self) -> Dict[str, float]:
        """The posterior that each keyword must reach in a clip."""
        return dict(self._thresholds)

    @property
    def sample_rate(self) -> int:
        """The rate of the model, in Hz. Sound of another rate is converted."""
        return self._sample_rate

    def classify(
        self,
        clip: Any,
        rate: Optional[int] = None,
        *,
        channels: Optional[int] = None,
        channel: Optional[int] = None,
    ) -> Answer:
        """Recognises the word in a clip.

        Parameters:
            clip: The path of an audio file of any format that kws reads; or samples: bytes of 16-bit
                PCM, an array of int16 (full scale 32768) or floats (full scale 1), such as
                array.array or numpy's, of shape (frames,) or (frames, channels).
            rate: Of the samples, in Hz; without it, the model's own. A file has its own.
            channels: Number of interleaved channels, where the array does not say it; default 1.
            channel: The channel to read, from 1; without it, the model's own or the mean of all.

        Raises:
            NotFound, ReadFailed: The file cannot be read.
            BadData: It is no sound, or a sample is not finite.
            WrongUse: The rate, the channels or the type of the samples cannot be.
        """
        answer = CAnswer(size=sizeof(CAnswer))
        if isinstance(clip, (str, os.PathLike)):
            if rate is not None or channels is not None:
                raise WrongUse("a file has its own rate and channels")
            _check("channel", channel)
            # The decoder checks the channel against those that the file has.
            handle = self._handle((0, 64 if channel else 0, channel or 0))
            with handle.lock:
                handle.check(
                    library().kws_classify_file(handle.pointer, _path(clip), byref(answer)))
                return self._answer(answer)
        samples = samples_of(clip)
        handle = self._handle(_format(samples, rate, channels, channel))
        kind, pointer = _pointer(samples)
        call = library().kws_classify_int16 if kind == "h" else library().kws_classify
        with handle.lock:
            handle.check(call(handle.pointer, pointer, len(samples.values), byref(answer)))
            return self._answer(answer)

    def listen(
        self,
        stream: Any,
        rate: Optional[int] = None,
        *,
        channels: Optional[int] = None,
        channel: Optional[int] = None,
        encoding: str = "int16",
    ) -> Iterator[Event]:
        """Finds the keywords in a stream, each as soon as it is decided.

        Parameters:
            stream: The path of a WAV file; a binary file object of raw PCM, such as
                ``sys.stdin.buffer`` or the output of a process; or an iterable of pieces, each of
                which is what `classify` takes as samples.
            rate: Of the samples, in Hz; without it, the model's own. A WAV file has its own.
            channels: Number of interleaved channels; default 1.
            channel: The channel to read, from 1; without it, the model's own or the mean of all.
            encoding: What bytes are: ``int16`` or ``float32``, little-endian.

        Returns:
            An iterator of events. Several streams of one model are independent.

        Raises:
            NotFound, ReadFailed, BadData, WrongUse: As `classify`; for pieces, when they come.
        """
        if encoding not in ENCODINGS:
            raise WrongUse(f"encoding is {encoding!r}, not one of {', '.join(ENCODINGS)}")
        if isinstance(stream, (str, os.PathLike)):
            if rate is not None or channels is not None:
                raise WrongUse("a file has its own rate and channels")
            rate, channels, pieces = read_wave(stream)
        else:
            # A tenth of a second at 16 kHz, as 16 bits.
            pieces = pieces_of(stream, encoding, 3_200)
        return self._events(pieces, rate, channels, channel)

    def _events(
        self,
        pieces: Iterator[Samples],
        rate: Optional[int],
        channels: Optional[int],
        channel: Optional[int],
    ) -> Iterator[Event]:
        call = library()
        handle: Optional[_Handle] = None
        for piece in pieces:
            if handle is None:
                handle = self._open(_format(piece, rate, channels, channel))
            kind, pointer = _pointer(piece)
            push = call.kws_push_int16 if kind == "h" else call.kws_push
            handle.check(push(handle.pointer, pointer, len(piece.values)))
            yield from _waiting(handle)
        if handle is not None:
            handle.check(call.kws_finish(handle.pointer))
            yield from _waiting(handle)

    def _handle(self, format: _Format) -> _Handle:
        """The handle for clips of a format."""
        with self._lock:
            if format not in self._handles:
                self._handles[format] = self._open(format)
            return self._handles[format]

    def _open(self, format: _Format) -> _Handle:
        options = _options(format, None)
        return _Handle(library().kws_open_shared(self._main.pointer, byref(options)))

    def _answer(self, answer: CAnswer) -> Answer:
        values = answer.probabilities[: answer.class_count]
        known = answer.probability == answer.probability
        return Answer(
            label=answer.label.decode(),
            probability=float(answer.probability) if known else None,
            rejected=None if answer.rejected is None else answer.rejected.decode(),
            probabilities=dict(zip(self._labels, values)),
            start=answer.start,
            end=answer.end,
        )


def _waiting(handle: _Handle) -> Iterator[Event]:
    event = CEvent(size=sizeof(CEvent))
    while True:
        status = library().kws_next(handle.pointer, byref(event))
        handle.check(status)
        if status == NO_EVENT:
            return
        yield Event(
            label=event.label.decode(),
            probability=float(event.probability),
            start=event.start,
            end=event.end,
            decided=event.decided,
        )


def _options(format: _Format, threshold: Optional[float]) -> Options:
    # 0 stands for the model's own in libkws; the smallest number that is above 0 refuses nothing.
    stored = 0.0 if threshold is None else 1e-30 if threshold == 0 else threshold
    rate, channels, channel = format
    return Options(sizeof(Options), rate, channels, channel, stored)


def _format(
    samples: Samples, rate: Optional[int], channels: Optional[int], channel: Optional[int]
) -> _Format:
    for name, value in (("rate", rate), ("channels", channels), ("channel", channel)):
        _check(name, value)
    if None not in (channels, samples.channels) and channels != samples.channels:
        raise WrongUse(f"channels is {channels}, but the array has {samples.channels}")
    return (int(rate or 0), int(channels or samples.channels or 0), int(channel or 0))


def _check(name: str, value: Optional[int]) -> None:
    """Refuses what is no whole number from 1 on; numpy's integers are whole numbers too."""
    if value is None:
        return
    try:
        number = operator.index(value)
    except TypeError:
        number = 0
    if not 1 <= number < 1 << 31:
        raise WrongUse(f"{name} is {value!r}, which is no whole number from 1 on")


def _pointer(samples: Samples) -> Tuple[str, Any]:
    """The kind of the samples, and their address as ctypes wants it."""
    kind = c_int16 if samples.values.typecode == "h" else c_float
    address, _ = samples.values.buffer_info()
    return samples.values.typecode, ctypes.cast(address, ctypes.POINTER(kind))


def _path(path: Path) -> bytes:
    data = os.fsencode(path)
    if b"\0" in data:
        raise WrongUse("the path has a zero byte")
    return data
