"""Few speakers: few_speakers.py DATA --kws KWS --out OUT [options of kws train]

DATA is Speech Commands unpacked as 16-bit WAV with validation_list.txt. The training speakers with
most clips of the words make --sets sets of --speakers each. A training on each set, for each of
--seeds, is measured on every validation speaker: many more clips than the set itself has, and none
of its voices. No test speaker is read. --trim cuts the clips to the word, as some collections have
them. Prints one JSON object with the accuracies in percent, one a set (mean over seeds).

  six people, ten words, telephone rate      (the default)
  thirty people, twenty words:  --speakers 30 --words all --sets 2 --rate 16000
"""
import argparse
import array
import collections
import csv
import json
import pathlib
import shutil
import statistics
import subprocess
import wave

TEN = ["right", "one", "two", "zero", "four", "up", "down", "left", "five", "three"]
# A word with fewer clips is one of the words that are here in samples only.
LEAST_CLIPS = 100
FRAME, HOP, RANGE = 800, 200, 25  # samples, samples, dB


def trimmed(samples):
    """The samples from the first to the last frame within RANGE dB of the loudest."""
    powers = [sum(x * x for x in samples[i:i + FRAME])
              for i in range(0, max(1, len(samples) - FRAME + 1), HOP)]
    loud = [i for i, power in enumerate(powers) if power > max(powers) / 10 ** (RANGE / 10)]
    return samples[loud[0] * HOP:loud[-1] * HOP + FRAME] if loud else samples


def place(clip, folder, trim):
    target = folder / clip.parent.name / clip.name
    target.parent.mkdir(parents=True, exist_ok=True)
    if not trim:
        shutil.copy(clip, target)
        return
    with wave.open(str(clip)) as file:
        parameters, samples = file.getparams(), array.array("h", file.readframes(file.getnframes()))
    with wave.open(str(target), "wb") as file:
        file.setparams(parameters)
        file.writeframes(trimmed(samples).tobytes())


def folders(options):
    """A folder for each set with its clips below train/, and one with the validation speakers'."""
    data, validation = options.data, collections.defaultdict(list)
    listed = set((data / "validation_list.txt").read_text().split())
    training = collections.defaultdict(list)
    words = TEN
    if options.words == "all":
        words = sorted(folder.name for folder in data.iterdir() if folder.is_dir()
                       and folder.name[0] != "_" and len(list(folder.iterdir())) > LEAST_CLIPS)
    for clip in (clip for word in words for clip in sorted((data / word).iterdir())):
        part = validation if f"{clip.parent.name}/{clip.name}" in listed else training
        part[clip.name.split("_nohash_")[0]].append(clip)
    order = sorted(training, key=lambda speaker: (-len(training[speaker]), speaker))
    shutil.rmtree(options.out, ignore_errors=True)
    count = options.speakers
    for index in range(options.sets):
        for speaker in order[index * count:(index + 1) * count]:
            for clip in training[speaker]:
                place(clip, options.out / f"set-{index}" / "train", options.trim)
    for clip in (clip for clips in validation.values() for clip in clips):
        place(clip, options.out / "others", options.trim)


def accuracy(options, index, seed, training):
    """Percent right of the other speakers' clips, and how many these are."""
    run = options.out / f"run-{index}-{seed}"
    rate = ["--rate", options.rate] if "--from" not in training else []
    subprocess.run([options.kws, "train", str(options.out / f"set-{index}"), *rate, "--seed", seed,
                    "--out", str(run), "--quiet", *training], check=True, stdout=subprocess.DEVNULL)
    table = subprocess.run(
        [options.kws, "evaluate", str(options.out / "others"), "--model", str(run), "--split", "all",
         "--csv", "--quiet"], stdout=subprocess.PIPE, text=True, check=True).stdout
    rows = list(csv.DictReader(table.splitlines()))
    return 100 * sum(row["predicted"] == row["label"] for row in rows) / len(rows), len(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--kws", required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True, help="work folder, emptied first")
    parser.add_argument("--speakers", type=int, default=6, help="in a set")
    parser.add_argument("--sets", type=int, default=3)
    parser.add_argument("--words", choices=["ten", "all"], default="ten")
    parser.add_argument("--rate", default="8000", help="sample rate to work at, in Hz")
    parser.add_argument("--trim", action="store_true")
    parser.add_argument("--seeds", default="0", help="numbers, separated by commas")
    options, training = parser.parse_known_args()
    folders(options)
    seeds = options.seeds.split(",")
    figures = [[accuracy(options, index, seed, training) for seed in seeds]
               for index in range(options.sets)]
    sets = [statistics.mean(value for value, _ in row) for row in figures]
    print(json.dumps({
        "speakers": options.speakers, "words": options.words, "rate": options.rate,
        "trim": options.trim, "seeds": seeds, "options": training, "n": figures[0][0][1],
        "sets": [round(value, 1) for value in sets], "mean": round(statistics.mean(sets), 1)}))


if __name__ == "__main__":
    main()
