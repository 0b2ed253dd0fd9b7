"""What is wrong is an exception with one sentence."""

from __future__ import annotations

import io
import random
import subprocess
import sys

import pytest

import kws


def test_models(tmp_path, clip):
    with pytest.raises(kws.NotFound, match="no/such") as missing:
        kws.open("/no/such")
    assert isinstance(missing.value, FileNotFoundError) and missing.value.status == 66
    broken = tmp_path / "broken"
    broken.write_bytes(b"no model at all")
    with pytest.raises(kws.BadData, match="broken"):
        kws.open(broken)
    with pytest.raises(kws.BadData):
        kws.open(b"")
    for threshold in (-0.1, 1.1, float("nan")):
        with pytest.raises(kws.WrongUse, match="threshold"):
            kws.open(threshold=threshold)


def test_clips(model, tmp_path):
    with pytest.raises(kws.NotFound, match="no/such"):
        model.classify("/no/such.wav")
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"no sound at all")
    for call in (model.classify, model.listen):
        with pytest.raises(kws.BadData, match="broken.wav"):
            call(broken)
        with pytest.raises(kws.WrongUse, match="own rate"):
            call(broken, 16_000)
    with pytest.raises(kws.BadData):
        model.classify([0.0, float("nan")])
    for wrong in (3, "a\0b", None, ["a"], [[0.0]], [1, 2], b"odd"):
        with pytest.raises(kws.WrongUse):
            model.classify(wrong)
    for rate in (0, -1, 999, 1 << 40, 16_000.5):
        with pytest.raises(kws.WrongUse, match="rate"):
            model.classify(bytes(100), rate)
    with pytest.raises(kws.WrongUse, match="channel"):
        model.classify(bytes(100), channels=2, channel=3)


def test_streams(model):
    with pytest.raises(kws.WrongUse, match="encoding"):
        model.listen(io.BytesIO(), encoding="mp3")
    with pytest.raises(kws.WrongUse, match="text"):
        list(model.listen(io.StringIO("abc")))
    with pytest.raises(kws.WrongUse, match="within a sample"):
        list(model.listen(io.BytesIO(b"abc")))
    with pytest.raises(kws.WrongUse):
        list(model.listen([0.1, 0.2]))
    with pytest.raises(kws.BadData):
        list(model.listen([[0.0, float("inf")]]))
    assert list(model.listen(io.BytesIO())) == []
    with pytest.raises(kws.KwsError):
        list(model.listen(iter([bytes(2_000)]), 5))


def test_damaged_models_never_crash(clip):
    good = (clip.parents[2] / "models" / "format-3.safetensors").read_bytes()
    draw = random.Random(1)
    for _ in range(200):
        bytes_ = bytearray(good)
        for _ in range(draw.randint(1, 4)):
            bytes_[draw.randrange(len(bytes_))] = draw.randrange(256)
        try:
            kws.open(bytes(bytes_[: draw.choice([len(bytes_), draw.randrange(len(bytes_))])]))
        except kws.BadData:
            pass


def test_a_missing_library(tmp_path):
    """Told when the first model is opened, not at the import."""
    code = "import kws\ntry: kws.open()\nexcept kws.LibraryMissing as error: print(error)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={"KWS_LIBRARY": str(tmp_path / "none.so"), "PYTHONPATH": ":".join(sys.path)})
    assert "none.so" in done.stdout and "Scripts/install-library" in done.stdout
