"""Trains on more and more clips within one budget of memory: many_clips.py --kws KWS [--clips N...].

Writes tones of half a second (16 bits at 16 kHz), trains a small network on them, so that clips and
not products take the time, and prints what each training took and held at most. The largest set
takes 16 kB a clip on the disk, and twice as much again while it trains.
"""
import argparse
import csv
import json
import os
import sys
import tempfile
import time
import wave

import numpy

WORDS = ["low", "mid", "high", "top"]
SAMPLES, RATE = 8000, 16000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kws", required=True)
    parser.add_argument("--clips", type=int, nargs="+", default=[1000, 10000, 100000])
    parser.add_argument("--memory", default="256M")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--folder", help="where to write (default: the system's temporary folder)")
    options = parser.parse_args()
    print(f"--memory {options.memory}, {options.threads} threads, load {os.getloadavg()[0]:.1f}\n")
    print("| clips | decoded MB | largest memory MiB | whole process, s | processor s"
          " | epoch 2, s | training clips/s |\n|---|---|---|---|---|---|---|")
    for count in options.clips:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            write(f"{folder}/clips", count)
            print(train(options, folder, count), flush=True)


def write(folder, count):
    """Speaker n says every word once; all clips differ in pitch, phase and hiss."""
    generator = numpy.random.default_rng(0)
    time_axis = numpy.arange(SAMPLES) / RATE
    for word, pitch in zip(WORDS, [300, 700, 1500, 3000]):
        os.makedirs(f"{folder}/{word}")
        for speaker in range(count // len(WORDS)):
            phase = 2 * numpy.pi * generator.random()
            tone = numpy.sin(
                2 * numpy.pi * pitch * (1 + 0.1 * generator.random()) * time_axis + phase)
            hiss = generator.standard_normal(SAMPLES, dtype=numpy.float32)
            samples = (8000 * tone + 300 * hiss).astype("<i2")
            with wave.open(f"{folder}/{word}/s{speaker}_nohash_0.wav", "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(RATE)
                file.writeframes(samples.tobytes())


def train(options, folder, count):
    command = [
        options.kws, "train", f"{folder}/clips", "--out", f"{folder}/run", "--quiet",
        "--memory", options.memory, "--threads", str(options.threads), "--epochs", "2",
        "--layers", "1", "--hidden", "16", "--batch", "64", "--patience", "0"]
    start = time.perf_counter()
    process = os.posix_spawn(
        command[0], command, os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"{' '.join(command)} failed with status {status}")
    with open(f"{folder}/run/metrics.csv") as file:
        epoch = list(csv.DictReader(file))[1]
    seconds = float(epoch["seconds"])
    clips = trained(f"{folder}/run/model.safetensors")
    return (f"| {count:,} | {count * SAMPLES * 4 / 1e6:,.0f} | {usage.ru_maxrss / 1024:.0f}"
            f" | {wall:.1f} | {usage.ru_utime + usage.ru_stime:.1f} | {seconds:.1f}"
            f" | {clips / seconds:,.0f} |")


def trained(model):
    """Training clips, from the record in the model."""
    with open(model, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    record = json.loads(header["__metadata__"]["kws"])["record"]
    return sum(record["clips"]["training"].values())


if __name__ == "__main__":
    main()
