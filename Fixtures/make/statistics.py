"""Writes Fixtures/statistics.json: figures and intervals by scipy, scikit-learn and NumPy.

pip install scipy==1.17.1 scikit-learn==1.9.1 numpy==2.4.6
python Fixtures/make/statistics.py
"""

import json
import math
import pathlib

import numpy as np
from scipy import stats
from sklearn import metrics


def number(value):
    """JSON has no NaN: none where there is no figure."""
    return None if math.isnan(value) else float(value)


def proportions():
    rows = []
    for k, n in [(0, 1), (1, 1), (0, 11), (5, 10), (93, 100), (3081, 3291), (1, 100000), (7, 7)]:
        for confidence in (0.9, 0.95):
            test = stats.binomtest(k, n)
            wilson = test.proportion_ci(confidence, "wilson")
            rows.append(dict(successes=k, trials=n, confidence=confidence,
                             wilson=list(map(float, wilson))))
    return rows


def binomials():
    rows = []
    for k, n, p in [(0, 1, 0.5), (3, 10, 0.5), (5, 10, 0.5), (9, 10, 0.5), (2, 30, 0.2),
                    (11, 30, 0.2), (6, 30, 0.2), (480, 1000, 0.5), (3, 4000, 0.002), (30, 30, 0.9)]:
        p_values = [float(stats.binomtest(k, n, p, side).pvalue)
                    for side in ("two-sided", "less", "greater")]
        rows.append(dict(successes=k, trials=n, chance=p, pValues=p_values))
    return rows


def poisson():
    return [dict(events=k, exposure=hours, confidence=c,
                 upper=float(stats.chi2.ppf(c, 2 * (k + 1)) / 2 / hours))
            for k, hours in [(0, 11.0), (0, 0.2133), (3, 1.0), (25, 10.0), (1000, 24.0)]
            for c in (0.9, 0.95)]


def quantiles():
    rows = []
    for degrees in (1, 4, 9, 29, 500):
        t = stats.t.ppf(0.975, degrees)
        n = degrees + 1
        tail = stats.norm.cdf(-math.sqrt(n / (n - 1)) * t)
        rows.append(dict(degrees=degrees, student=float(t), expandedTail=float(tail)))
    return rows


def classification(rng):
    """300 clips of six classes; the sixth is never a label, the fifth never an answer."""
    classes, count = 6, 300
    truth = rng.integers(0, 5, count)
    scores = rng.normal(size=(count, classes))
    scores[np.arange(count), truth] += 1.5
    scores[:, 4] -= 9
    probabilities = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
    # Multiples of 2^-14 are exact in text and in every type; a 0 shows what a 0 costs.
    probabilities = (np.round(probabilities * 16384) / 16384).astype(np.float32)
    answers = probabilities.argmax(1)
    labels = range(classes)
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        truth, answers, labels=labels, zero_division=np.nan)
    present = sorted(set(truth) | set(answers))
    confidence = probabilities.max(1).astype(np.float64)
    bins = np.minimum((confidence * 15).astype(int), 14)
    right = truth == answers
    error = sum(abs(confidence[bins == b].sum() - right[bins == b].sum()) for b in range(15)) / count
    return dict(
        labels=truth.tolist(), answers=answers.tolist(),
        probabilities=(probabilities * 16384).astype(int).tolist(), scale=16384,
        accuracy=float(metrics.accuracy_score(truth, answers)),
        balancedAccuracy=float(metrics.balanced_accuracy_score(truth, answers)),
        macroF1=float(metrics.f1_score(truth, answers, labels=present, average="macro",
                                       zero_division=0.0)),
        logLoss=float(metrics.log_loss(truth, probabilities, labels=list(labels))),
        calibrationError=float(error),
        confusion=metrics.confusion_matrix(truth, answers, labels=labels).tolist(),
        precision=[number(v) for v in precision], recall=[number(v) for v in recall],
        f1=[number(v) for v in f1], support=support.tolist())


def main():
    rng = np.random.default_rng(5)
    values = rng.normal(size=50)
    shares = [0.0, 0.01, 0.025, 0.5, 0.77, 1.0]
    fixture = dict(
        proportions=proportions(), binomials=binomials(), poisson=poisson(), quantiles=quantiles(),
        sample=dict(values=values.tolist(), shares=shares,
                    quantiles=np.quantile(values, shares).tolist()),
        classification=classification(rng))
    path = pathlib.Path(__file__).parent.parent / "statistics.json"
    path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
