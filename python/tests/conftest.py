"""The tests compare the package with the command.

KWS_PROGRAM and KWS_LIBRARY are the paths of kws and libkws.so; the recorded words are those of the project.
"""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import wave

import pytest

import kws

WORDS = pathlib.Path(__file__).resolve().parents[2] / "Fixtures" / "words"


class Command:
    """The kws command."""

    def __init__(self, program: str, home: pathlib.Path) -> None:
        self.program, self.home = program, home

    def run(self, *arguments) -> bytes:
        """Runs it, and returns its standard output."""
        return subprocess.run(
            [self.program, *map(str, arguments)], stdout=subprocess.PIPE, check=True,
            env={"HOME": str(self.home), "PATH": os.environ["PATH"]}, cwd=self.home).stdout

    def objects(self, *arguments):
        """The JSON objects that it prints, one a line."""
        return [json.loads(line) for line in self.run(*arguments).splitlines()]


@pytest.fixture(scope="session")
def command(tmp_path_factory) -> Command:
    program = os.environ.get("KWS_PROGRAM")
    if program is None:
        pytest.skip("KWS_PROGRAM is not set")
    return Command(program, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def model() -> kws.Model:
    """The built-in model."""
    return kws.open()


@pytest.fixture(scope="session")
def clip() -> pathlib.Path:
    """A recorded yes, as FLAC."""
    return WORDS / "yes" / "espeak-m1_nohash_0.flac"


class Recording:
    """A WAV file of 16 bits with several words, and its samples."""

    def __init__(self, path: pathlib.Path) -> None:
        self.path = path
        with wave.open(str(path)) as file:
            assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
            self.rate, self.data = file.getframerate(), file.readframes(file.getnframes())


@pytest.fixture(scope="session", params=[16_000, 44_100])
def recording(request, command, tmp_path_factory) -> Recording:
    path = tmp_path_factory.mktemp("recording") / "words.wav"
    command.run(
        "mix", WORDS, "--words", "no,left,right,yes", "--each", 1, "--snr", 30, "--gap", 1, "--seed", 3,
        "--rate", request.param, "--out", path, "--quiet")
    return Recording(path)
