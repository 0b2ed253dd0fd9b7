"""Samples in the forms that Python programs have them in, as arrays that libkws takes."""

from __future__ import annotations

import array
import numbers
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Optional, Union, cast

from ._errors import WrongUse

if TYPE_CHECKING:
    Values = Union["array.array[int]", "array.array[float]"]

#: What a file object's bytes are.
ENCODINGS = {"int16": "h", "float32": "f"}


@dataclass(frozen=True)
class Samples:
    """Interleaved samples."""

    #: Of type ``h`` (16-bit) or ``f`` (full scale 1).
    values: Values
    #: Number of channels, if the array says it by its second dimension.
    channels: Optional[int] = None


def samples_of(source: Any, encoding: str = "int16") -> Samples:
    """Copies samples from bytes (of ``encoding``), an array of numbers, or a sequence of floats."""
    if isinstance(source, (bytes, bytearray)):
        return Samples(_array(ENCODINGS[encoding], source))
    try:
        view = memoryview(source)
    except TypeError:
        return _sequence(source)
    shape = view.shape or ()
    if len(shape) not in (1, 2):
        raise WrongUse(f"the samples have {len(shape)} dimensions, not 1 or 2 (frames, channels)")
    channels = shape[1] if len(shape) == 2 else None
    kind = view.format.lstrip("@=" + ("<" if sys.byteorder == "little" else ">"))
    if kind == "B" and isinstance(source, memoryview):
        return Samples(_array(ENCODINGS[encoding], view))
    if kind not in ("h", "f", "d"):
        raise WrongUse(
            f"samples of the type {view.format!r} have no known full scale: give int16, float32 or"
            " float64")
    values = _array(kind, view)
    return Samples(array.array("f", values) if kind == "d" else values, channels)


def _array(kind: str, data: Union[bytes, bytearray, memoryview]) -> Values:
    values: Values = array.array(kind)
    count = data.nbytes if isinstance(data, memoryview) else len(data)
    if count % values.itemsize:
        raise WrongUse(f"{count} bytes are no whole number of samples of {values.itemsize} bytes")
    values.frombytes(data.tobytes() if isinstance(data, memoryview) else bytes(data))
    return values


def _sequence(source: Any) -> Samples:
    try:
        values = list(source)
        if values and all(isinstance(value, numbers.Integral) for value in values):
            raise WrongUse("whole numbers in a list have no known full scale: use array.array('h')")
        return Samples(array.array("f", values))
    except TypeError as error:
        raise WrongUse(f"a {type(source).__name__} holds no samples: {error}") from error


def pieces_of(stream: Any, encoding: str, piece: int) -> Iterator[Samples]:
    """The pieces of a stream: what its ``read`` gives, else its items.

    Parameters:
        stream: A binary file object, or an iterable of what `samples_of` takes.
        encoding: What bytes are.
        piece: Number of bytes to ask a file object for.
    """
    items = _read(stream, piece) if hasattr(stream, "read") else _iterate(stream)
    size = array.array(ENCODINGS[encoding]).itemsize
    rest = b""
    for item in items:
        if isinstance(item, (bytes, bytearray)):
            # A pipe may end a piece within a sample.
            item = rest + item
            whole = len(item) - len(item) % size
            item, rest = item[:whole], item[whole:]
        yield samples_of(item, encoding)
    if rest:
        raise WrongUse(f"the stream ends within a sample of {size} bytes")


def _read(stream: Any, piece: int) -> Iterator[bytes]:
    # read1 gives what is there, and does not wait for all of it.
    read = getattr(stream, "read1", stream.read)
    while True:
        data = read(piece)
        if isinstance(data, str):
            raise WrongUse("the stream is text: open it in binary mode")
        if data is None:
            raise WrongUse("the stream does not block: open it as a blocking one")
        if not data:
            return
        yield data


def _iterate(stream: Any) -> Iterable[Any]:
    if isinstance(stream, (bytes, bytearray, memoryview, array.array)) or hasattr(stream, "dtype"):
        return (stream,)
    return cast("Iterable[Any]", stream)
