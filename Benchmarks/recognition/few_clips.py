"""Few clips of words that no start knows: few_clips.py DATA --kws KWS --out OUT [options of kws train]

DATA holds wake_words/ (words by themselves from the telephone, WUW Corpus II) and speech_commands/
with its validation clips as FLAC. The six speakers with most clips of the wake words train; with
--clips N only three of them with N clips of a word in all, taken in turns. All other speakers
measure. "Rejected" is the share of other words' clips (validation clips of Speech Commands, at 8 kHz)
whose likeliest keyword lies below the threshold that costs 5% of the right answers. Prints one JSON
object a draw, in percent. It needs ffmpeg.

  few_clips.py DATA --kws kws --out OUT                           six speakers, 250 clips
  few_clips.py DATA --kws kws --out OUT --clips 5 --draws 2       five clips a word of three speakers
  ... --freeze 2, or --from none                                  other starts
"""
import argparse
import collections
import csv
import itertools
import json
import pathlib
import random
import shutil
import subprocess

OTHERS = ["bed", "cat", "happy", "eight", "seven", "go", "no", "off", "on", "stop", "yes"]
COST = 0.05
NO_WORDS = {"_unknown_", "_silence_"}


def speakers(words):
    """The clips by speaker and word, the speaker with most clips first."""
    clips = collections.defaultdict(lambda: collections.defaultdict(list))
    for clip in sorted(words.glob("*/*")):
        clips[clip.name.split("_")[0]][clip.parent.name].append(clip)
    return dict(sorted(clips.items(), key=lambda item: (-sum(map(len, item[1].values())), item[0])))


def link(clips, folder):
    for clip in clips:
        target = folder / clip.parent.name / clip.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(clip.resolve())


def drawn(chosen, count, generator):
    """`count` clips of each word, of three of the speakers in turns."""
    three = generator.sample(chosen, 3)
    for word in sorted({word for speaker in three for word in speaker}):
        piles = [generator.sample(speaker.get(word, []), len(speaker.get(word, []))) for speaker in three]
        turns = itertools.chain.from_iterable(itertools.zip_longest(*piles))
        yield from itertools.islice((clip for clip in turns if clip), count)


def other_words(data, folder):
    """Clips of other words as one unknown class, at the rate of the telephone."""
    (folder / "_unknown_").mkdir(parents=True)
    for word in OTHERS:
        for clip in sorted((data / "speech_commands" / word).glob("*.flac")):
            target = folder / "_unknown_" / f"{clip.stem}_{word}.wav"
            subprocess.run(["ffmpeg", "-loglevel", "error", "-i", clip, "-ar", "8000", target], check=True)


def answers(options, model, folder):
    """By clip: its label, the likeliest keyword and that keyword's posterior."""
    table = subprocess.run(
        [options.kws, "evaluate", folder, "--model", model, "--split", "all", "--threshold", "0",
         "--csv", "--quiet"], stdout=subprocess.PIPE, text=True, check=True).stdout
    for row in csv.DictReader(table.splitlines()):
        words = {name[2:]: float(value) for name, value in row.items() if name.startswith("p:")}
        word = max(words.keys() - NO_WORDS, key=words.get)
        yield row["label"], word, words[word]


def figures(options, train, training):
    run = train.with_name(train.name + "-run")
    subprocess.run(
        [options.kws, "train", train, "--folds", "none", "--validation-percent", "0",
         "--testing-percent", "0", *training, "--out", run, "--quiet"],
        check=True, stdout=subprocess.DEVNULL)
    words = list(answers(options, run, options.out / "measure"))
    right = sorted(score for label, word, score in words if label == word)
    threshold = right[int(COST * len(right))]
    others = [score for _, _, score in answers(options, run, options.out / "others")]
    return {"right": round(100 * len(right) / len(words), 1), "n": len(words),
            "rejected": round(100 * sum(score < threshold for score in others) / len(others), 1),
            "others": len(others)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--kws", required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True, help="work folder, emptied first")
    parser.add_argument("--clips", type=int, help="of a word in all (default: every clip of six speakers)")
    parser.add_argument("--draws", type=int, default=1)
    options, training = parser.parse_known_args()
    shutil.rmtree(options.out, ignore_errors=True)
    people = list(speakers(options.data / "wake_words/isolated").values())
    other_words(options.data, options.out / "others")
    for person in people[6:]:
        link((clip for clips in person.values() for clip in clips), options.out / "measure")
    for draw in range(options.draws):
        train = options.out / f"train-{draw}"
        if options.clips:
            link(drawn(people[:6], options.clips, random.Random(draw)), train)
        else:
            link((clip for person in people[:6] for clips in person.values() for clip in clips), train)
        print(json.dumps({"clips": options.clips, "draw": draw, "options": training,
                          **figures(options, train, training)}), flush=True)


if __name__ == "__main__":
    main()
