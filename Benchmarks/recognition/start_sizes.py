"""What a start gives to more clips and speakers: start_sizes.py DATA --kws KWS --out OUT [options of kws train]

DATA holds speech_commands/. The start learns the ten commands of the training speakers but for the 99
with most clips of ten other words, which are what is then trained on: the 18, the 40 or all 99 of these
speakers, from nothing and from the start. So the start knows neither the words nor the speakers. The
validation speakers measure all words; they chose nothing, as the last epoch counts. Prints one JSON
object a training, in percent.
"""
import argparse
import collections
import csv
import json
import pathlib
import shutil
import subprocess

from few_clips import link

COMMANDS = "yes no up down left right on off stop go".split()
WORDS = "bed cat eight five four happy one three two zero".split()


def train(options, folder, run, *more):
    subprocess.run(
        [options.kws, "train", folder, "--folds", "none", "--validation-percent", "0", "--testing-percent", "0",
         *more, "--out", run, "--quiet"],
        check=True, stdout=subprocess.DEVNULL)
    return run


def right(options, model, folder):
    table = subprocess.run(
        [options.kws, "evaluate", folder, "--model", model, "--split", "all", "--threshold", "0", "--csv", "--quiet"],
        stdout=subprocess.PIPE, text=True, check=True).stdout
    found = [row["label"] == row["predicted"] for row in csv.DictReader(table.splitlines())]
    return {"right": round(100 * sum(found) / len(found), 1), "n": len(found)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--kws", required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True, help="work folder, emptied first")
    parser.add_argument("--start-epochs", default="40")
    parser.add_argument("--sizes", type=int, nargs="*", default=[18, 40, 99])
    options, training = parser.parse_known_args()
    shutil.rmtree(options.out, ignore_errors=True)
    # Clips for training are Opus, those for validation FLAC.
    clips = collections.defaultdict(list)
    for word in WORDS:
        for clip in sorted((options.data / "speech_commands" / word).glob("*.opus")):
            clips[clip.name.split("_")[0]].append(clip)
    people = sorted(clips, key=lambda speaker: (-len(clips[speaker]), speaker))[:99]
    for word in WORDS:
        link(sorted((options.data / "speech_commands" / word).glob("*.flac")), options.out / "measure")
    for word in COMMANDS:
        known = sorted((options.data / "speech_commands" / word).glob("*.opus"))
        link((clip for clip in known if clip.name.split("_")[0] not in people), options.out / "start")
    start = train(options, options.out / "start", options.out / "start-run", "--epochs", options.start_epochs)
    for size in options.sizes:
        folder = options.out / f"train-{size}"
        link((clip for speaker in people[:size] for clip in clips[speaker]), folder)
        count = sum(len(clips[speaker]) for speaker in people[:size])
        for name, model in (("none", "none"), ("commands", start)):
            run = train(options, folder, options.out / f"{name}-{size}", "--from", model, *training)
            print(json.dumps({"speakers": size, "clips": count, "from": name, "options": training,
                              **right(options, run, options.out / "measure")}), flush=True)


if __name__ == "__main__":
    main()
