"""The events in streams are those of kws listen."""

from __future__ import annotations

import array
import io
import itertools
import os
import struct
import threading
import wave

import pytest

import kws


def wave_file(path, rate, width):
    file = wave.open(str(path), "wb")
    file.setnchannels(1)
    file.setsampwidth(width)
    file.setframerate(rate)
    return file


def pieces(data: bytes, size: int):
    return (data[start : start + size] for start in range(0, len(data), size))


@pytest.fixture(scope="session")
def expected(command, recording):
    """The events of the command, as tuples."""
    found = command.objects("listen", "--json", "--quiet", recording.path)
    assert len(found) >= 2
    return [
        (event["label"], event["probability"], event["start"], event["end"], event["decided"])
        for event in found
    ]


def rounded(events):
    """As the command prints them."""
    return [
        (event.label, round(event.probability, 6), *(
            round(time, 3) for time in (event.start, event.end, event.decided)))
        for event in events
    ]


def test_a_file(model, recording, expected):
    assert rounded(model.listen(recording.path)) == expected


def test_a_file_object(model, recording, expected):
    assert rounded(model.listen(io.BytesIO(recording.data), recording.rate)) == expected


def test_pieces(model, recording, expected):
    # An odd size cuts samples.
    for size in (1_601, 1 << 20):
        found = model.listen(pieces(recording.data, size), recording.rate)
        assert rounded(found) == expected
    whole = array.array("h", recording.data)
    floats = array.array("f", (value / 32_768 for value in whole))
    parts = (floats[start : start + 1_000] for start in range(0, len(floats), 1_000))
    assert rounded(model.listen(parts, recording.rate)) == expected
    assert rounded(model.listen(floats, recording.rate)) == expected
    raw = model.listen(io.BytesIO(floats.tobytes()), recording.rate, encoding="float32")
    assert rounded(raw) == expected


def test_an_event_comes_while_the_stream_goes_on(model, recording, expected):
    """A pipe that is never closed gives the first event."""
    reader, writer = os.pipe()

    def feed():
        # Enough for the decision of the first, and then the pipe stays open.
        count = 2 * int(recording.rate * (expected[0][4] + 0.5))
        for piece in pieces(recording.data[:count], 4_096):
            os.write(writer, piece)

    thread = threading.Thread(target=feed, daemon=True)
    thread.start()
    # Who waits for the end has it after half a minute.
    end = threading.Timer(30, os.close, [writer])
    end.start()
    with os.fdopen(reader, "rb") as stream:
        found = next(iter(model.listen(stream, recording.rate)))
        assert not end.finished.is_set()
        end.cancel()
        thread.join()
    os.close(writer)
    assert rounded([found]) == expected[:1]


def test_two_streams_of_a_model(model, recording, expected):
    """Taken in turns."""
    one, two = (model.listen(recording.path) for _ in range(2))
    for left, right in itertools.zip_longest(one, two):
        assert left == right is not None


def test_wave_widths(model, recording, tmp_path):
    """Files of 8, 24 and 32 bits are heard as the command hears them."""
    whole = array.array("h", recording.data)
    for width in (1, 3, 4):
        path = tmp_path / f"{width}.wav"
        if width == 1:
            data = bytes((value >> 8) + 128 for value in whole)
        else:
            data = b"".join((value << 8 * (width - 2)).to_bytes(width, "little", signed=True)
                            for value in whole)
        with wave_file(path, recording.rate, width) as file:
            file.writeframes(data)
        found = list(model.listen(path))
        if width > 1:
            assert found == list(model.listen(recording.path))
        else:
            assert len(found) >= 1


def extensible(recording, subformat, bits=16):
    """A WAV file with the format tag 0xFFFE, as recorders of several channels write it."""
    tail = struct.pack("<HHLH", 22, bits, 4, subformat) + bytes.fromhex("000000001000800000aa00389b71")
    size = bits // 8
    head = struct.pack("<HHLLHH", 0xFFFE, 1, recording.rate, size * recording.rate, size, bits)
    chunks = b"".join(
        name + struct.pack("<L", len(data)) + data
        for name, data in ((b"JUNK", bytes(28)), (b"fmt ", head + tail), (b"data", recording.data)))
    return b"RIFF" + struct.pack("<L", 4 + len(chunks)) + b"WAVE" + chunks


def test_an_extensible_file(model, recording, tmp_path):
    path = tmp_path / "extensible.wav"
    path.write_bytes(extensible(recording, 1))
    assert list(model.listen(path)) == list(model.listen(recording.path))


def test_an_extensible_file_of_floats_is_refused(model, recording, tmp_path):
    path = tmp_path / "floats.wav"
    path.write_bytes(extensible(recording, 3, bits=32))
    with pytest.raises(kws.BadData, match="whole numbers"):
        model.listen(path)
