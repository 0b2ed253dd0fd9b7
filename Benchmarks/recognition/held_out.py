"""Words that were never taught: held_out.py DATA --kws KWS --out OUT [options of kws train]

DATA is Speech Commands unpacked as WAV or FLAC with validation_list.txt. Half of the large filler
words leave the dataset and are scored as unknown on the validation speakers; then the other half
(--rotation a, b). The training never sees them, not even to choose its epoch or temperature. No test
speaker is read. Prints one JSON object:

  keywords  mean recall of the ten words
  taught    recall of unknown, words that trained
  held_out  recall of unknown, words that did not
  auroc     taught keywords against held-out words, by the highest keyword posterior
  like_test a guess at the official 12-class test: the ten words and silence as measured, unknown
            three fifths held-out (its words are mostly rare or absent here), each class a twelfth
"""
import argparse
import csv
import json
import os
import pathlib
import subprocess

KEYWORDS = "yes,no,up,down,left,right,on,off,stop,go".split(",")
ROTATIONS = {
    "a": ["cat", "four", "one", "happy", "three"],
    "b": ["bed", "two", "zero", "five", "eight"],
}


def without(data, held, folder):
    """DATA's clips by hard link, but for all clips of the held-out words."""
    for source in sorted(data.glob("*/*")):
        if source.parent.name in held:
            continue
        target = folder / source.parent.name / source.name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            os.link(source, target)
    names = (data / "validation_list.txt").read_text().split()
    kept = [name for name in names if name.split("/")[0] not in held]
    (folder / "validation_list.txt").write_text("\n".join(kept) + "\n")


def auroc(positives, negatives):
    """The share of pairs in the right order, ties half (Mann and Whitney)."""
    ranked = sorted([(score, 1) for score in positives] + [(score, 0) for score in negatives])
    wins, below, index = 0.0, 0, 0
    while index < len(ranked):
        end = index
        while end < len(ranked) and ranked[end][0] == ranked[index][0]:
            end += 1
        tied = [kind for _, kind in ranked[index:end]]
        wins += sum(tied) * (below + (len(tied) - sum(tied)) / 2)
        below += len(tied) - sum(tied)
        index = end
    return wins / (len(positives) * len(negatives))


def figures(rows, held):
    def recall(chosen):
        chosen = list(chosen)
        return sum(row["predicted"] == row["label"] for row in chosen) / len(chosen)

    def score(row):
        return max(float(row[f"p:{word}"]) for word in KEYWORDS)

    unknown = [row for row in rows if row["label"] == "_unknown_"]
    fresh = [row for row in unknown if row["path"].split("/")[0] in held]
    taught = [row for row in unknown if row["path"].split("/")[0] not in held]
    known = [row for row in rows if row["label"] in KEYWORDS]
    words = [recall(row for row in known if row["label"] == word) for word in KEYWORDS]
    silence = recall(row for row in rows if row["label"] == "_silence_")
    result = {
        "keywords": sum(words) / len(words),
        "silence": silence,
        "taught": recall(taught),
        "held_out": recall(fresh),
        "auroc": auroc([score(row) for row in known], [score(row) for row in fresh]),
        "n": {"keywords": len(known), "taught": len(taught), "held_out": len(fresh)},
    }
    unknown_recall = 0.6 * result["held_out"] + 0.4 * result["taught"]
    result["like_test"] = (sum(words) + silence + unknown_recall) / 12
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--kws", required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True, help="work folder")
    parser.add_argument("--rotation", choices=ROTATIONS, default="a")
    options, training = parser.parse_known_args()
    held = ROTATIONS[options.rotation]
    folder = options.out / f"without-{options.rotation}"
    without(options.data, held, folder)
    run = options.out / f"run-{options.rotation}"
    words = ["--words", ",".join(KEYWORDS)]
    command = [options.kws, "train", str(folder), *words, "--out", str(run), "--quiet", *training]
    subprocess.run(command, check=True)
    table = subprocess.run(
        [options.kws, "evaluate", str(options.data), "--model", str(run), "--split", "validation",
         "--csv", "--quiet"],
        stdout=subprocess.PIPE, text=True, check=True).stdout
    rows = list(csv.DictReader(table.splitlines()))
    print(json.dumps({"rotation": options.rotation, "options": training, **figures(rows, held)}))


if __name__ == "__main__":
    main()
