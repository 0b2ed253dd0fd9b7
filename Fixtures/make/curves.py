"""Writes Fixtures/curves.json: curves of the predictions in statistics.json by scikit-learn.

pip install scikit-learn==1.9.1 numpy==2.4.6
python Fixtures/make/curves.py
"""

import json
import pathlib

import numpy as np
from sklearn import metrics

FOLDER = pathlib.Path(__file__).parent.parent


def main():
    data = json.loads((FOLDER / "statistics.json").read_text())["classification"]
    said = np.array(data["said"])
    scores = np.array(data["probabilities"], dtype=np.float32) / np.float32(data["scale"])
    # kws counts at the thresholds of this grid: each score becomes the last one that it reaches.
    steps = 1 / (1 + np.exp(-np.arange(-384, 385) / 32))
    grid = np.concatenate([[0], steps, [1]]).astype(np.float32)
    rows = []
    for label in range(5):
        right = said == label
        level = np.searchsorted(grid, scores[:, label], side="right") - 1
        precision = metrics.average_precision_score(right, grid[level])
        accepts, misses, thresholds = metrics.det_curve(right, grid[level])
        # The lowest threshold that accepts no more than 5% of the others, and the highest that misses
        # no more than 10% of its own: what kws tune chooses.
        few = np.flatnonzero(accepts <= 0.05)
        found = np.flatnonzero(misses <= 0.1)
        rows.append(dict(
            fewAccepts=[float(misses[few[0]]), float(accepts[few[0]])],
            fewMisses=[float(misses[found[-1]]), float(accepts[found[-1]])],
            averagePrecision=float(precision),
            exactAveragePrecision=float(metrics.average_precision_score(right, scores[:, label])),
            thresholds=[float(t) for t in thresholds],
            falseAccepts=[float(v) for v in accepts], misses=[float(v) for v in misses]))
    (FOLDER / "curves.json").write_text(json.dumps(rows, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
