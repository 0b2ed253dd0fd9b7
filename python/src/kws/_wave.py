"""WAV files, by the standard library's wave module."""

from __future__ import annotations

import array
import io
import os
import struct
import wave
from typing import TYPE_CHECKING, Iterator, Optional, Tuple, Union

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
        file = _open(path)
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


#: The format tag of plain PCM, and that of an extensible file, whose GUID says what it holds.
_PCM, _EXTENSIBLE = 1, 0xFFFE
#: The GUID of PCM: its tag, then what every tag's GUID ends with.
_PCM_GUID = struct.pack("<H", _PCM) + bytes.fromhex("000000001000800000aa00389b71")


def _open(path: Path) -> wave.Wave_read:
    """Opens a WAV file, also an extensible one of PCM, which `wave` refuses before Python 3.12."""
    place = _extensible(path)
    if place is None:
        return wave.open(os.fspath(path), "rb")
    return wave.open(_AsPlain(os.fspath(path), place), "rb")


def _extensible(path: Path) -> Optional[int]:
    """Where the format tag of an extensible file of PCM stands; None for another file."""
    with open(path, "rb") as file:
        header = file.read(12)
        if header[:4] != b"RIFF" or header[8:] != b"WAVE":
            return None
        while len(chunk := file.read(8)) == 8:
            place = file.tell()
            size = struct.unpack("<L", chunk[4:])[0]
            if chunk[:4] == b"fmt ":
                body = file.read(min(size, 40))
                tag = struct.pack("<H", _EXTENSIBLE)
                return place if body[:2] == tag and body[24:] == _PCM_GUID else None
            file.seek(size + size % 2, os.SEEK_CUR)
    return None


class _AsPlain(io.FileIO):
    """A file in which the two bytes of the format tag read as those of plain PCM."""

    def __init__(self, path: str, place: int) -> None:
        super().__init__(path, "rb")
        self._place = place

    def read(self, size: Optional[int] = -1) -> bytes:
        start = self.tell()
        data = bytearray(super().read(-1 if size is None else size) or b"")
        for place, byte in zip(range(self._place - start, len(data)), struct.pack("<H", _PCM)):
            if place >= 0:
                data[place] = byte
        return bytes(data)


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
