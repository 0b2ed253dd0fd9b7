#!/usr/bin/env python3
"""Makes a dataset of very many labels: short tones at 8 kHz, 0.1 s each, the pitch rising by label.

    Scripts/faults/labels.py FOLDER LABELS [CLIPS]

The first clip of each label (2 by default) is in train/, the others are in test/: every label is
trained and tested. 5 speakers train, too few to hold a validation part back, and 50 others test.
"""
import math
import pathlib
import random
import struct
import sys

folder = pathlib.Path(sys.argv[1])
labels = int(sys.argv[2])
clips = int(sys.argv[3]) if len(sys.argv) > 3 else 2
for label in range(labels):
    pitch = 100 * 35 ** (label / max(1, labels - 1))
    for clip in range(clips):
        own = random.Random(f"{label} {clip}")
        level, phase = own.uniform(0.2, 0.7), own.uniform(0, 6)
        samples = [level * math.sin(2 * math.pi * pitch * i / 8000 + phase) for i in range(800)]
        data = struct.pack("<800h", *(int(32767 * s) for s in samples))
        head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16, b"data", len(data))
        part, speaker = ("train", f"s{label % 5}") if clip == 0 else ("test", f"t{label % 50}")
        place = folder / part / f"w{label:05}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{speaker}_nohash_{clip}.wav").write_bytes(head + data)
