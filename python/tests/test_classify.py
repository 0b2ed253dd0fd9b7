"""The answers for clips are those of kws classify."""

from __future__ import annotations

import array
import concurrent.futures
import pathlib

import pytest

import kws


def check(answer: kws.Answer, expected) -> None:
    """The command prints six digits of posteriors and milliseconds."""
    assert answer.label == expected["label"]
    assert answer.probability == pytest.approx(expected["probability"], abs=6e-7)
    assert (answer.start, answer.end) == pytest.approx(
        (expected["start"], expected["end"]), abs=6e-4)
    assert list(answer.probabilities) == list(expected["probabilities"])
    assert list(answer.probabilities.values()) == pytest.approx(
        list(expected["probabilities"].values()), abs=6e-7)


def test_a_file(model, command, clip):
    answer = model.classify(clip)
    assert answer.label == "yes" and answer.rejected is None
    check(answer, command.objects("classify", "--json", "--quiet", clip)[0])


def test_samples_of_every_rate(model, command, recording):
    expected = command.objects("classify", "--json", "--quiet", recording.path)[0]
    whole = array.array("h", recording.data)
    floats = array.array("f", (value / 32_768 for value in whole))
    for samples in (recording.data, whole, floats, memoryview(recording.data), list(floats)):
        check(model.classify(samples, recording.rate), expected)
    check(model.classify(recording.path), expected)


def test_channels(model, recording):
    whole = array.array("h", recording.data)
    stereo = array.array("h", bytes(2 * len(recording.data)))
    stereo[1::2] = whole
    expected = model.classify(whole, recording.rate)
    assert model.classify(stereo, recording.rate, channels=2, channel=2) == expected
    assert model.classify(stereo, recording.rate, channels=2, channel=1) != expected


def test_numpy(model, recording):
    numpy = pytest.importorskip("numpy")
    whole = numpy.frombuffer(recording.data, numpy.int16)
    expected = model.classify(recording.data, recording.rate)
    stereo = numpy.stack([numpy.zeros_like(whole), whole], axis=1)
    for samples in (whole, whole.astype(numpy.float32) / 32_768, whole / 32_768):
        assert model.classify(samples, recording.rate) == expected
    assert model.classify(stereo, recording.rate, channel=2) == expected
    assert model.classify(stereo[:, 1], recording.rate) == expected
    with pytest.raises(kws.WrongUse, match="full scale"):
        model.classify(whole.astype(numpy.int32))
    # As floats they would be 32,768 times too loud.
    with pytest.raises(kws.WrongUse, match="full scale"):
        model.classify(list(whole))


def test_numpy_numbers(model, recording):
    numpy = pytest.importorskip("numpy")
    expected = model.classify(recording.data, recording.rate)
    assert model.classify(
        recording.data, numpy.int64(recording.rate), channels=numpy.uint8(1)) == expected
    for wrong in (numpy.int32(0), numpy.float64(recording.rate)):
        with pytest.raises(kws.WrongUse, match="rate"):
            model.classify(recording.data, wrong)


def test_a_threshold(command, clip):
    strict = kws.open(threshold=1.0)
    answer = strict.classify(clip)
    expected = command.objects("classify", "--json", "--quiet", "--threshold", 1, clip)[0]
    check(answer, expected)
    assert (answer.label, answer.rejected) == ("_unknown_", "yes")
    assert expected["rejected"]["label"] == "yes"
    assert set(strict.thresholds.values()) == {1.0} and "_unknown_" not in strict.thresholds
    assert kws.open(threshold=0).classify(clip).label == "yes"


def test_a_model_of_a_file(command, clip, tmp_path):
    path = clip.parents[2] / "models" / "format-3.safetensors"
    expected = command.objects("classify", "--json", "--quiet", "--model", path, clip)[0]
    for source in (path, str(path), path.read_bytes()):
        model = kws.open(source)
        assert model.sample_rate == 8_000
        check(model.classify(clip), expected)


def test_threads_share_a_model(model, recording):
    expected = model.classify(recording.path)
    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: model.classify(recording.path), range(8)))
    assert answers == [expected] * 8


def test_the_model_tells_of_itself(model):
    assert {"yes", "no", "_unknown_"} <= set(model.labels)
    assert model.sample_rate == 16_000
    assert all(0 <= value <= 1 for value in model.thresholds.values())


def test_the_package_has_the_librarys_version():
    project = (pathlib.Path(__file__).parents[1] / "pyproject.toml").read_text()
    assert f'version = "{kws.library_version()}"' in project
