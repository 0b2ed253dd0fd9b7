"""WAV files, by the standard library's wave module."""

from __future__ import annotations

import array
import os
import wave
from typing import TYPE_CHECKING, Iterator, Tuple, Union

from ._errors import BadData, NotFound, ReadFailed
from ._samples import Samples

if TYPE_CHECKING:
    from ._samples import Values

Path = Union[str, "os.PathLike[str]"]


def read_wave(path: Path, seconds: float = 0.5) -> Tuple[int, int, Iterator[Samples]]:
    """Opens a WAV file of whole numbers with 8 to 32 bits.

    Returns:
        Its rate in Hz, its number of channels, and its samples in pieces of ``seconds``.
    """
    try:
        file = wave.open(os.fspath(path), "rb")
    except FileNotFoundError as error:
        raise NotFound(f"{os.fspath(path)}: no such file or folder") from error
    except OSError as error:
        raise ReadFailed(f"{os.fspath(path)}: {error.strerror}") from error
    except (wave.Error, EOFError) as error:
        raise BadData(f"{os.fspath(path)}: no WAV file of whole numbers: {error}") from error
    rate, channels, width = file.getframerate(), file.getnchannels(), file.getsampwidth()

    def pieces() -> Iterator[Samples]:
        with file:
            while True:
                data = file.readframes(max(1, int(rate * seconds)))
                if not data:
                    return
                yield Samples(_values(data, width))

    return rate, channels, pieces()


def _values(data: bytes, width: int) -> Values:
    """Little-endian whole numbers of ``width`` bytes, at full scale 1 unless they have 16 bits."""
    if width == 2:
        return array.array("h", data[: len(data) & ~1])
    whole = len(data) - len(data) % width
    numbers = (
        int.from_bytes(data[place : place + width], "little", signed=width > 1)
        for place in range(0, whole, width)
    )
    if width == 1:
        return array.array("f", ((number - 128) / 128 for number in numbers))
    scale = float(1 << (8 * width - 1))
    return array.array("f", (number / scale for number in numbers))
