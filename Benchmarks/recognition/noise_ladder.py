"""A model's answers under noise that it was not trained with: noise_ladder.py DATA NOISE OUT MODEL... --kws KWS

DATA is Speech Commands, of which the validation part (its FLAC files) is read: all clips of the ten usual
commands and twelve of each other word. NOISE has recordings that trained no model. A random part of one of
them is mixed into each clip at 20, 10, 5, 0 and -5 dB (mean power of the clip over that of the noise), and the
clips are written to OUT once. Prints the share of right answers at each ratio for each model.
Needs numpy, soundfile and soxr.
"""
import argparse
import csv
import pathlib
import random
import subprocess

import numpy
import soundfile
import soxr

COMMANDS = "yes no up down left right on off stop go".split()
RATIOS = (20, 10, 5, 0, -5)
RATE, EACH = 16_000, 12


def recording(path):
    samples, rate = soundfile.read(path)
    if samples.ndim > 1:
        samples = samples.mean(1)
    return samples if rate == RATE else soxr.resample(samples, rate, RATE)


def clips(data, draw):
    found = []
    for folder in sorted(path for path in data.iterdir() if path.is_dir() and path.name[0] != "_"):
        held = sorted(folder.glob("*.flac"))
        if folder.name not in COMMANDS:
            held = draw.sample(held, min(len(held), EACH))
        found += held
    return found


def mixed(clip, noises, ratio, draw):
    while True:
        noise = draw.choice(noises)
        if len(noise) <= len(clip):
            continue
        start = draw.randrange(len(noise) - len(clip))
        noise = noise[start:start + len(clip)]
        if (noise**2).mean() > 1e-9:
            break
    scale = numpy.sqrt((clip**2).mean() / (noise**2).mean()) * 10 ** (-ratio / 20)
    result = clip + scale * noise
    return result * min(1, 0.99 / abs(result).max())


def make(data, noise, out):
    draw = random.Random(5)
    noises = [recording(path) for path in sorted(noise.iterdir()) if path.is_file()]
    wanted = clips(data, draw)
    for ratio in RATIOS:
        for path in wanted:
            target = out / str(ratio) / path.parent.name / f"{path.stem}.wav"
            target.parent.mkdir(parents=True, exist_ok=True)
            soundfile.write(target, mixed(soundfile.read(path)[0], noises, ratio, draw), RATE, subtype="PCM_16")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("data", "noise", "out"):
        parser.add_argument(name, type=pathlib.Path)
    parser.add_argument("models", nargs="+")
    parser.add_argument("--kws", required=True)
    options = parser.parse_args()
    if not (options.out / "done").exists():
        make(options.data, options.noise, options.out)
        (options.out / "done").touch()
    for model in options.models:
        figures = []
        for ratio in RATIOS:
            table = subprocess.run(
                [options.kws, "evaluate", options.out / str(ratio), "--split", "all", "--model", model, "--csv",
                 "--quiet"], capture_output=True, text=True, check=True)
            rows = list(csv.DictReader(table.stdout.splitlines()))
            right = sum(row["predicted"] == row["label"] for row in rows)
            figures.append(f"{ratio} dB {100 * right / len(rows):.1f}%")
        print(f"{model}: {', '.join(figures)} (n = {len(rows)} each)", flush=True)


main()
