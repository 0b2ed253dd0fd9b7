"""Runs kws and its peers in turn, in one run, and prints a table of ratios.

  compare.py --kws ../.build/release/kws --parts .build/release/ProcessorTime \\
             [--torchaudio-python PYTHON] [--threads 2] [--seconds 1] [--rounds 3]
             [--dataset CLIPS]   # made by clips_10620.py; adds the epoch

Each round measures everything once, so that other load hits both sides alike. Rows of
several threads are by the wall clock, and mean something on a machine at rest only: PyTorch's threads
spin while they wait, and other programs slow it down many times. Rows of one thread are by the
processor's clock, which other programs disturb least.
"""
import argparse
import json
import math
import os
import random
import statistics
import struct
import subprocess
import sys
import tempfile
import time
import wave

HERE = os.path.dirname(os.path.abspath(__file__))

# Row: name, the peer, and how many times the peer's speed was the aim.
ROWS = {
    "train1-64-64": ("training step 1x64, B 64", "PyTorch", None),
    "train1-128-64": ("training step 1x128, B 64", "PyTorch", None),
    "train1-256-128": ("training step 1x256, B 128", "PyTorch", None),
    "train-64-64": ("training step 1x64, B 64", "PyTorch", 1.8),
    "train-128-64": ("training step 1x128, B 64", "PyTorch", 1.8),
    "train-256-128": ("training step 1x256, B 128", "PyTorch", None),
    "mfcc": ("MFCC-40 of 1 s from memory", "torchaudio", 5),
    "mfcc-wav": ("WAV file of 1 s to MFCC-40", "soundfile + torchaudio", 3.5),
    "infer-1-1": ("one clip, 1x128", "onnxruntime", 1 / 0.7),
    "infer-2-1": ("one clip, 2x128", "onnxruntime", 1 / 0.7),
    "infer-1-64": ("batch of 64, 1x128", "TorchScript", 1.25),
}


def main():
    options = parse()
    # PyTorch's LSTM maps and returns its buffers every step without these: up to 1.9 times slower.
    large = {"MALLOC_MMAP_THRESHOLD_": "4294967296", "MALLOC_TRIM_THRESHOLD_": "8589934592"}
    allocator = {**os.environ, **large}
    ours, theirs, cold, shares = {}, {}, {}, {}
    with tempfile.TemporaryDirectory() as folder:
        files = [write_wav(f"{folder}/{index}.wav", index) for index in range(100)]
        for _ in range(options.rounds):
            measure(options, allocator, folder, files, ours, theirs, shares)
            print(f"load {os.getloadavg()[0]:.1f}", file=sys.stderr)
            for _ in range(5):
                start_cold(options, folder, files[0], cold)
    print_rows(ours, theirs, options)
    print_shares(shares)
    print_cold(cold)
    if options.dataset:
        print_epochs(options, allocator)


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kws", required=True)
    parser.add_argument("--parts", required=True, help="the ProcessorTime executable")
    parser.add_argument("--torchaudio-python", default=sys.executable)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--dataset", help="folder made by clips_10620.py")
    return parser.parse_args()


def write_wav(path, seed):
    """One second of two tones and noise, 16 bits at 16 kHz."""
    noise = random.Random(seed)
    tone, chirp = noise.uniform(80, 400), noise.uniform(400, 4000)
    samples = []
    for n in range(16000):
        t = n / 16000
        x = 0.3 * math.sin(2 * math.pi * tone * t) + 0.2 * math.sin(2 * math.pi * chirp * t * t)
        samples.append(int(32767 * (x + noise.uniform(-0.05, 0.05))))
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(struct.pack("<16000h", *samples))
    return path


def measure(options, allocator, folder, files, ours, theirs, shares):
    """One round of everything but the cold process."""
    seconds, threads = str(options.seconds), str(options.threads)
    bench = [options.kws, "bench", "--json", "--seconds", seconds, "--threads", threads]
    for line in lines(bench, allocator):
        if line["name"] == "multiply-adds":
            key = "peak, GFLOP/s, %d threads" % line["threads"]
            shares.setdefault(key, []).append(line["gigaflops"])
        if line["name"] == "training step":
            layers_hidden, batch = line["shape"].split(", ")[:2]
            row = f"train-{layers_hidden.split(' x ')[1]}-{batch.split()[1]}"
            add(ours, row, line["milliseconds"], line["best"])
            shares.setdefault("share of the peak, " + ROWS[row][0], []).append(line["share"])
    peer = [sys.executable, f"{HERE}/network_rows.py", seconds, threads, folder]
    sound = [options.torchaudio_python, f"{HERE}/sound_rows.py", seconds, *files]
    for rows, command in [
        (theirs, peer), (ours, [options.parts, seconds, *files]), (theirs, sound)
    ]:
        for line in lines(command, allocator):
            add(rows, line["row"], line["median"], line["best"])


def lines(command, environment):
    output = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, check=True, text=True).stdout
    return [json.loads(line) for line in output.splitlines() if line.startswith("{")]


def add(rows, row, median, best):
    rows.setdefault(row, []).append((median, best))


def start_cold(options, folder, clip, cold):
    """Both whole processes once: wall and processor seconds, peak memory in MiB."""
    for name, command in [
        ("kws classify", [options.kws, "classify", "--quiet", "--threads", "1", clip]),
        ("Python: kaldi-native-fbank + onnxruntime",
         [sys.executable, f"{HERE}/cold.py", f"{folder}/1.onnx", clip]),
    ]:
        start = time.perf_counter()
        silent = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
        process = os.posix_spawn(command[0], command, os.environ, file_actions=[silent])
        _, status, usage = os.wait4(process, 0)
        wall = time.perf_counter() - start
        if status:
            sys.exit(f"{' '.join(command)} failed with status {status}")
        processor = usage.ru_utime + usage.ru_stime
        cold.setdefault(name, []).append((wall, processor, usage.ru_maxrss / 1024))


def print_rows(ours, theirs, options):
    print("| work | threads | clock | kws ms | peer | peer ms | peer/kws | of best times | ask |")
    print("|---|---|---|---|---|---|---|---|---|")
    for row, (name, peer, ask) in ROWS.items():
        training = row.startswith("train-")
        a = statistics.median(x[0] for x in ours[row])
        b = statistics.median(x[0] for x in theirs[row])
        best = min(x[1] for x in theirs[row]) / min(x[1] for x in ours[row])
        print(
            f"| {name} | {options.threads if training else 1} | {'wall' if training else 'cpu'}"
            f" | {a:.3f} | {peer} | {b:.3f} | {b / a:.2f} | {best:.2f}"
            f" | {f'{ask:.2f}' if ask else '-'} |")


def print_shares(shares):
    print("\n| from `kws bench`, a figure a round | median | largest |\n|---|---|---|")
    for name, values in shares.items():
        print(f"| {name} | {statistics.median(values):.2f} | {max(values):.2f} |")


def print_cold(cold):
    print("\n| cold process, one WAV | wall s | least | cpu s | least | peak MiB |")
    print("|---|---|---|---|---|---|")
    for name, runs in cold.items():
        wall, processor, memory = zip(*runs)
        print(
            f"| {name} | {statistics.median(wall):.4f} | {min(wall):.4f}"
            f" | {statistics.median(processor):.4f} | {min(processor):.4f} | {max(memory):.1f} |")


def print_epochs(options, allocator):
    """Both sides' epochs in turn, each side's decoding and first epoch apart from the others."""
    threads = str(options.threads)
    bench = [
        options.kws, "bench", options.dataset, "--json", "--threads", threads, "--layers", "2",
        "--hidden", "128", "--batch", "128", "--silence-share", "0", "--speed", "0", "--gain", "0",
        "--hop-ms", "10", "--coefficients", "40", "--deltas", "0", "--no-clip-mean"]
    peer = [options.torchaudio_python, f"{HERE}/epoch.py", options.dataset, threads, "3"]
    ours = {line["name"]: line for line in lines(bench, allocator)}
    theirs = lines(peer, allocator)
    decoding, first, *later = (line["seconds"] for line in theirs)
    clips = theirs[0]["clips"]
    pairs = [
        ("first epoch, with decoding", decoding + first),
        ("training epoch", statistics.median(later)),
    ]
    print(f"\n| {clips:,} clips, 2x128, B 128, {threads} threads, wall | kws s"
          " | PyTorch + torchaudio s | ratio |\n|---|---|---|---|")
    for name, seconds in pairs:
        mine = ours[name]["milliseconds"] / 1000
        print(f"| {name} | {mine:.1f} | {seconds:.1f} | {seconds / mine:.2f} |")
    for name in ["decoding", "front end", "augmentation and front end", "files to words"]:
        row = ours[name]
        print(f"| {name}, {row['shape']} | {row['milliseconds'] / 1000:.1f} | | |")
    epoch = ours["training epoch"]
    print(f"\nTraining epoch: {epoch['gigaflops']:.0f} GFLOP/s, {epoch['share']:.0%} of the peak.")


if __name__ == "__main__":
    main()
