"""Copies 10,620 training clips of Speech Commands: clips_10620.py SPEECH_COMMANDS OUT

Word after word in the order of their names, the ten of the usual task first; all for training, and
the noise recordings with them.
"""
import glob
import hashlib
import os
import shutil
import sys

WORDS = "yes no up down left right on off stop go".split()


def is_training(path):
    """Speech Commands' own rule (Warden 2018): the hash of the speaker decides."""
    speaker = os.path.basename(path).split("_nohash_")[0]
    largest = 2 ** 27 - 1
    return int(hashlib.sha1(speaker.encode()).hexdigest(), 16) % (largest + 1) * 100 / largest >= 20


def main():
    root, out = sys.argv[1:]
    words = [word for word in sorted(os.listdir(root)) if not word.startswith(("_", "."))]
    words.sort(key=lambda word: (word not in WORDS, word))
    clips = [path for word in words for path in sorted(glob.glob(f"{root}/{word}/*.*"))
             if is_training(path)]
    for path in clips[:10_620] + glob.glob(f"{root}/_background_noise_/*.*"):
        target = f"{out}/{os.path.relpath(path, root)}"
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy(path, target)
    # Lists without a clip: none is held back for validation or the test.
    for name in ["validation_list.txt", "testing_list.txt"]:
        open(f"{out}/{name}", "w").close()


if __name__ == "__main__":
    main()
