#!/usr/bin/env python3
"""Makes a small dataset of tones: three words, clips of 0.3 s at 8 kHz, 20 speakers.

    Scripts/faults/tones.py FOLDER [CLIPS] [reversed]

With `reversed` the same files are made in the opposite order, which changes the order in which the
folder is read and nothing else.
"""
import math
import pathlib
import random
import struct
import sys

folder = pathlib.Path(sys.argv[1])
clips = int(sys.argv[2]) if len(sys.argv) > 2 else 60
jobs = [(word, pitch, clip) for word, pitch in (("low", 350), ("mid", 900), ("top", 2200)) for clip in range(clips)]
if "reversed" in sys.argv:
    jobs.reverse()
for word, pitch, clip in jobs:
    own = random.Random(f"{word} {clip}")
    level, phase = own.uniform(0.2, 0.7), own.uniform(0, 6)
    samples = [level * math.sin(2 * math.pi * pitch * i / 8000 + phase) for i in range(2400)]
    data = struct.pack("<2400h", *(int(32767 * s) for s in samples))
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16, b"data", len(data))
    (folder / word).mkdir(parents=True, exist_ok=True)
    (folder / word / f"s{clip % 20}_nohash_{clip // 20}.wav").write_bytes(head + data)
