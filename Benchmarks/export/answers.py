"""Exported models beside kws, on the same clips: answers.py DATA --kws KWS --out OUT

DATA is Speech Commands; its validation part is read. Every export of the built-in model is written
and run by `kws export --verify`: ONNX in the onnxruntime of this Python, C by cc on this machine and
by Debian's cross compilers under qemu-user elsewhere. The same clips are resampled by sox to 8, 44.1
and 48 kHz as well; kws resamples them to the model's rate and gives both sides the same samples.

Emulated processors get every 20th clip (--every), the big-endian one every 100th. A row that OUT/answers.json has is not run again.
Prints two Markdown tables: the exports, and what another resampler than that of kws changes.

Needs: sox; gcc-aarch64-linux-gnu, gcc-arm-linux-gnueabihf, gcc-s390x-linux-gnu, qemu-user-static;
in Python onnxruntime and numpy. What is not installed is left out, with a line on standard error.
"""
import argparse
import csv
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

EXPORTS = {
    "ONNX, audio": ["--format", "onnx", "--input", "audio"],
    "ONNX, features": ["--format", "onnx", "--input", "features"],
    "ONNX, audio, int8": ["--format", "onnx", "--input", "audio", "--int8"],
    "C, float": ["--format", "c"],
    "C, int8": ["--format", "c", "--int8"],
}
EMULATED = {
    "arm64": ("aarch64-linux-gnu-gcc", "qemu-aarch64-static"),
    "armhf": ("arm-linux-gnueabihf-gcc", "qemu-arm-static"),
    "s390x": ("s390x-linux-gnu-gcc", "qemu-s390x-static"),
}
RATES = [8_000, 44_100, 48_000]
MODEL_RATE = 16_000
NOISE = "_background_noise_"

# A compiler for kws: what it writes is a script that runs the program in an emulator. The list of
# clips is in the byte order of the machine that wrote it, so big-endian programs swap it.
WRAPPER = """#!/bin/sh
set -e
for last; do if [ "$previous" = -o ]; then program=$last; fi; previous=$last; done
{compiler} -static "$@"
mv "$program" "$program.elf"
printf '#!/bin/sh\\n{run}\\n' "$program.elf" > "$program"
chmod +x "$program"
"""
SWAP = """import array, sys
numbers = array.array("I", open(sys.argv[1], "rb").read())
numbers.byteswap()
open(sys.argv[2], "wb").write(numbers.tobytes())
"""


def run(command, **keywords):
    return subprocess.run(command, check=True, capture_output=True, text=True, **keywords)


def validation_clips(data):
    """The FLAC files of the words: those of the validation part, and no others, are FLAC."""
    return sorted(path for path in data.glob("*/*.flac") if path.parent.name != NOISE)


def dataset(files, folder, convert, ending):
    """A dataset whose clips are all of the validation part; each file is made by `convert`."""
    if (folder / "validation_list.txt").exists():
        return folder
    names = []
    for source in files:
        target = folder / source.parent.name / (source.stem + ending)
        target.parent.mkdir(parents=True, exist_ok=True)
        convert(source, target)
        if source.parent.name != NOISE:
            names.append(f"{source.parent.name}/{target.name}\n")
    (folder / "testing_list.txt").write_text("")
    (folder / "validation_list.txt").write_text("".join(names))
    return folder


def resampled(files, rate, folder):
    """The clips as 16-bit WAV of another rate; without dither, so that a second run writes the same."""
    return dataset(
        files, folder,
        lambda source, target: run(
            ["sox", "-D", "-G", source, "-b", "16", target, "rate", "-v", str(rate)]), ".wav")


def compiler(name, folder):
    """The wrapper for an emulated processor; None where a part is not installed."""
    tools = EMULATED[name]
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing:
        print(f"{name}: left out, {missing[0]} is not installed", file=sys.stderr)
        return None
    swap = folder / "swap.py"
    swap.write_text(SWAP)
    swapped = f'{sys.executable} {swap} "$1" "$1.big" && {tools[1]} "%s" "$1.big" "$2.big"'
    line = (f'{swapped} && {sys.executable} {swap} "$2.big" "$2"' if name == "s390x"
            else f'{tools[1]} "%s" "$@"')
    wrapper = folder / f"cc-{name}"
    wrapper.write_text(WRAPPER.format(compiler=tools[0], run=line))
    wrapper.chmod(0o755)
    return wrapper


def verified(kws, export, dataset, scratch, cc=None):
    """One row: what `kws export --verify` prints."""
    target = scratch / ("c" if "c" in EXPORTS[export] else "model.onnx")
    environment = dict(os.environ, KWS_PYTHON=sys.executable)
    if cc:
        environment["CC"] = str(cc)
    done = subprocess.run(
        [kws, "export", "built-in", *EXPORTS[export], "--out", target, "--verify", dataset,
         "--split", "validation", "--tolerance", "1", "--threads", "1"],
        capture_output=True, text=True, env=environment)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{export}: {done.stderr}")
    text = done.stdout
    row = {
        "clips": int(re.search(r"clips: (\d+)", text)[1]),
        "difference": re.search(r"posterior: (.+)", text)[1],
        "changed": int(re.search(r"changed: (\d+)", text)[1]),
        "accuracy": re.search(r"difference (-?[\d.]+) points", text)[1],
    }
    interval = re.search(r"interval (-?[\d.]+) to (-?[\d.]+)", text)
    row["interval"] = list(interval.groups()) if interval else None
    return row


def posteriors(kws, folder):
    """The answer and posteriors of each clip, by its name without the ending."""
    text = subprocess.run(
        [kws, "classify", folder, "--model", "built-in", "--csv", "--threads", "1"],
        capture_output=True, text=True).stdout
    rows = csv.reader(io.StringIO(text))
    first = next(rows).index("threshold") + 1
    table = {}
    for row in rows:
        path = pathlib.PurePath(row[0])
        table[f"{path.parent.name}/{path.stem}"] = (row[1], [float(value) for value in row[first:]])
    return table


def resampler_row(kws, sources, back):
    ours, theirs = posteriors(kws, sources), posteriors(kws, back)
    names = sorted(set(ours) & set(theirs))
    differences = sorted(
        max(abs(a - b) for a, b in zip(ours[name][1], theirs[name][1])) for name in names)
    return {
        "clips": len(names),
        "median": f"{differences[len(names) // 2]:.1e}", "largest": f"{differences[-1]:.1e}",
        "changed": sum(ours[name][0] != theirs[name][0] for name in names),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--kws", required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--every", type=int, default=20, help="clips for emulated processors")
    parser.add_argument("--every-source", type=int, default=1, help="clips of other sample rates")
    options = parser.parse_args()
    out = options.out
    out.mkdir(parents=True, exist_ok=True)
    clips = validation_clips(options.data)
    noise = sorted((options.data / NOISE).glob("*.flac"))
    path = out / "answers.json"
    rows = json.loads(path.read_text()) if path.exists() else {}

    def add(key, compute):
        if key not in rows:
            rows[key] = compute()
            path.write_text(json.dumps(rows, indent=1) + "\n")
            print(key, rows[key], file=sys.stderr)

    whole = dataset(clips + noise, out / "16000", shutil.copyfile, ".flac")
    for export in EXPORTS:
        add(f"{export} | x86-64 | 16 kHz", lambda: verified(options.kws, export, whole, out))
    for rate in RATES:
        folder = resampled(clips[::options.every_source] + noise, rate, out / str(rate))
        back = resampled(
            sorted(folder.glob("[!_]*/*.wav")), MODEL_RATE, out / f"{rate}-{MODEL_RATE}")
        add(f"resampled | {rate}", lambda: resampler_row(options.kws, folder, back))
        for export in ["C, float", "ONNX, audio", "C, int8", "ONNX, audio, int8", "ONNX, features"]:
            add(f"{export} | x86-64 | {rate / 1000:g} kHz",
                lambda: verified(options.kws, export, folder, out))
    for name in EMULATED:
        # Big-endian floating point is the slowest in the emulator.
        step = options.every * (5 if name == "s390x" else 1)
        part = dataset(clips[::step], out / f"part-{step}", shutil.copyfile, ".flac")
        cc = compiler(name, out)
        for export in ["C, float", "C, int8"]:
            if cc:
                add(f"{export} | {name} (qemu) | 16 kHz",
                    lambda: verified(options.kws, export, part, out, cc))
    print_tables(rows)


def print_tables(rows):
    print("| export | processor | source | clips | largest difference | answers changed "
          "| accuracy, points (95%) |")
    print("|---|---|---|---|---|---|---|")
    for key, row in rows.items():
        if key.startswith("resampled"):
            continue
        interval = " to ".join(row["interval"]) if row["interval"] else "no interval"
        print(f"| {key} | {row['clips']:,} | {row['difference']} | {row['changed']} "
              f"| {row['accuracy']} ({interval}) |")
    print()
    print("| source | clips | median difference | largest | answers changed |")
    print("|---|---|---|---|---|")
    for key, row in rows.items():
        if key.startswith("resampled"):
            rate = int(key.split("| ")[1])
            print(f"| {rate / 1000:g} kHz | {row['clips']:,} | {row['median']} | {row['largest']} "
                  f"| {row['changed']} |")


if __name__ == "__main__":
    main()
