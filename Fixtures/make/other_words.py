"""The program's own other words: other_words.py SPEECH_COMMANDS OUT

Writes OUT/other-words.opus, one recording of clips of a second in a row, and OUT/other-words.csv, a row for
each: speaker, word. SPEECH_COMMANDS has a folder per word (Warden 2018, CC BY 4.0); the clips are of its
validation speakers, by the official rule, at most EACH a word, no two of a word of one speaker. No training
uses them. Needs opusenc, numpy and soundfile.
"""
import csv
import hashlib
import pathlib
import random
import subprocess
import sys

import numpy
import soundfile

RATE, BITRATE, EACH = 16_000, "10", 9


def is_validation(name):
    key = name.split("_nohash_")[0].encode()
    return int(hashlib.sha1(key).hexdigest(), 16) % (2**27) * (100.0 / (2**27 - 1)) < 10


def main():
    root, out = map(pathlib.Path, sys.argv[1:])
    rows, sound = [["speaker", "word"]], []
    for folder in sorted(path for path in root.iterdir() if path.is_dir() and path.name[0] != "_"):
        clips = sorted(clip for clip in folder.iterdir() if is_validation(clip.name))
        random.Random(folder.name).shuffle(clips)
        speakers = {}
        for clip in clips:
            speakers.setdefault(clip.name.split("_nohash_")[0], clip)
        for speaker, clip in list(speakers.items())[:EACH]:
            samples, rate = soundfile.read(clip, dtype="int16")
            assert rate == RATE and samples.ndim == 1
            sound.append(numpy.pad(samples, (0, max(0, RATE - len(samples))))[:RATE])
            rows.append([speaker, folder.name])
    wave = out / "other-words.wav"
    soundfile.write(wave, numpy.concatenate(sound), RATE, subtype="PCM_16")
    subprocess.run(["opusenc", "--quiet", "--bitrate", BITRATE, "--framesize", "60", "--comp", "10",
                    "--discard-comments", "--serial", "1", wave, out / "other-words.opus"], check=True)
    wave.unlink()
    with open(out / "other-words.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


main()
