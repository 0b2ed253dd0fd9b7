"""Makes Fixtures/torch/forward.json: what PyTorch computes for small LSTM classifiers that read forward only.

    pip install torch==2.13.0 --index-url https://download.pytorch.org/whl/cpu
    python Fixtures/make/torch_forward.py

Weights, features, classes and losses are those of torch_parity.py.
"""
import json
import pathlib

import torch

import torch_parity


def main():
    lengths = [3, 5, 1, 4, 5]
    cases = [
        torch_parity.gradients(layers, pooling, lengths, directions=1)
        for layers in (1, 2)
        for pooling in ("last", "mean", "attention", "attention+mean")
    ]
    target = pathlib.Path(__file__).parent.parent / "torch" / "forward.json"
    target.write_text(json.dumps({"torch": torch.__version__, "cases": cases, "trainings": []}) + "\n")


if __name__ == "__main__":
    main()
