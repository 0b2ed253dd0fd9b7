"""Six speakers, each left out in turn: few_speakers.py DATA --kws KWS --out OUT [options of kws train]

DATA is Speech Commands unpacked as WAV or FLAC with validation_list.txt. The six speakers with most
clips of ten words, of the training part (--part training) or of the validation part, are trained on
at 8 kHz, five at a time, and measured on the sixth, once for each of --seeds. No test speaker is
read. Prints one JSON object: accuracy in percent by speaker (mean over seeds), mean and spread.
"""
import argparse
import collections
import csv
import json
import os
import pathlib
import shutil
import statistics
import subprocess

WORDS = ["right", "one", "two", "zero", "four", "up", "down", "left", "five", "three"]


def six_speakers(data, part, folder):
    """Hard links to the clips of the six speakers with most of them."""
    validation = set((data / "validation_list.txt").read_text().split())
    clips = collections.defaultdict(list)
    for word in WORDS:
        for clip in sorted((data / word).iterdir()):
            if (f"{word}/{clip.name}" in validation) == (part == "validation"):
                clips[clip.name.split("_nohash_")[0]].append(clip)
    chosen = sorted(clips, key=lambda speaker: (-len(clips[speaker]), speaker))[:6]
    shutil.rmtree(folder, ignore_errors=True)
    for clip in (clip for speaker in chosen for clip in clips[speaker]):
        target = folder / clip.parent.name / clip.name
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(clip, target)


def left_out(options, folder, seed, training):
    """Accuracy by speaker, and the number of clips."""
    run = options.out / f"run-{options.part}-{seed}"
    command = [options.kws, "train", str(folder), "--rate", "8000", "--folds", "speaker",
               "--out", str(run), "--seed", str(seed), "--quiet", *training]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with open(run / "folds.csv", newline="") as table:
        rows = list(csv.DictReader(table))
    return {row["speakers"]: 100 * float(row["accuracy"]) for row in rows}, sum(
        int(row["clips"]) for row in rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--kws", required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True, help="work folder")
    parser.add_argument("--part", choices=["training", "validation"], default="training")
    parser.add_argument("--seeds", default="0", help="numbers, separated by commas")
    options, training = parser.parse_known_args()
    folder = options.out / f"six-{options.part}"
    six_speakers(options.data, options.part, folder)
    runs = [left_out(options, folder, seed, training) for seed in options.seeds.split(",")]
    speakers = {name: round(statistics.mean(run[name] for run, _ in runs), 1) for name in runs[0][0]}
    print(json.dumps({
        "part": options.part, "options": training, "seeds": options.seeds, "n": runs[0][1],
        "speakers": speakers, "mean": round(statistics.mean(speakers.values()), 1),
        "deviation": round(statistics.stdev(speakers.values()), 1),
        "mean_by_seed": [round(statistics.mean(run.values()), 1) for run, _ in runs]}))


if __name__ == "__main__":
    main()
