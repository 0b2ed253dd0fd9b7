"""Makes Fixtures/torch/parity.json: what PyTorch computes for small bidirectional LSTM classifiers.

    pip install torch==2.13.0 --index-url https://download.pytorch.org/whl/cpu
    python Fixtures/make/torch_parity.py

Everything is float64. Parameter i, counted over all tensors in their order, is 0.5 cos(0.7 i + 0.3); feature number i,
counted over all frames of all sequences, is cos(1.3 i + 0.1); sequence i is of class i mod 3. So the test needs the
results only. Sequences of different lengths go through pack_padded_sequence.
"""
import json
import pathlib

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

FEATURES, HIDDEN, CLASSES = 2, 3, 3


class Classifier(torch.nn.Module):
    def __init__(self, layers, pooling, directions=2):
        super().__init__()
        self.pooling, self.directions = pooling, directions
        self.lstm = torch.nn.LSTM(FEATURES, HIDDEN, layers, batch_first=True, bidirectional=directions == 2)
        width = directions * HIDDEN
        if "attention" in pooling:
            self.attention = torch.nn.Linear(width, 1)
        self.output = torch.nn.Linear((2 if pooling == "attention+mean" else 1) * width, CLASSES)

    def forward(self, sequences):
        lengths = torch.tensor([len(s) for s in sequences])
        padded = pad_sequence(sequences, batch_first=True)
        packed, (h, _) = self.lstm(pack_padded_sequence(padded, lengths, batch_first=True, enforce_sorted=False))
        states, _ = pad_packed_sequence(packed, batch_first=True)
        valid = (torch.arange(states.shape[1])[None] < lengths[:, None])[:, :, None]
        mean = (states * valid).sum(1) / lengths[:, None]
        if "attention" in self.pooling:
            scores = self.attention(states).masked_fill(~valid, float("-inf"))
            attended = (torch.softmax(scores, 1) * states).sum(1)
        pooled = {
            "last": lambda: torch.cat(tuple(h[-self.directions:]), 1),
            "mean": lambda: mean,
            "attention": lambda: attended,
            "attention+mean": lambda: torch.cat([attended, mean], 1),
        }[self.pooling]()
        return self.output(pooled)


def setting(layers, pooling, lengths, directions=2):
    model = Classifier(layers, pooling, directions).double()
    i = 0
    with torch.no_grad():
        for p in model.parameters():
            count = torch.arange(i, i + p.numel(), dtype=torch.float64)
            p.copy_((0.5 * torch.cos(0.7 * count + 0.3)).reshape(p.shape))
            i += p.numel()
    i, sequences = 0, []
    for length in lengths:
        count = torch.arange(i, i + length * FEATURES, dtype=torch.float64)
        sequences.append(torch.cos(1.3 * count + 0.1).reshape(length, FEATURES).requires_grad_())
        i += length * FEATURES
    return model, sequences, torch.tensor([n % CLASSES for n in range(len(lengths))])


def loss_of(logits, targets, smoothing, weights):
    weight = None if weights is None else torch.tensor(weights, dtype=torch.float64)
    return torch.nn.functional.cross_entropy(logits, targets, weight=weight, label_smoothing=smoothing)


def numbers(tensor):
    return [float("%.12g" % x) for x in tensor.detach().flatten().tolist()]


def gradients(layers, pooling, lengths, smoothing=0.0, weights=None, directions=2):
    model, sequences, targets = setting(layers, pooling, lengths, directions)
    logits = model(sequences)
    loss = loss_of(logits, targets, smoothing, weights)
    loss.backward()
    result = {} if directions == 2 else {"directions": directions}
    return result | {
        "layers": layers, "pooling": pooling, "lengths": lengths, "labelSmoothing": smoothing, "classWeights": weights,
        "names": [n for n, _ in model.named_parameters()],
        "logits": [numbers(row) for row in logits], "loss": numbers(loss)[0],
        "gradients": [g for p in model.parameters() for g in numbers(p.grad)],
        "inputGradients": [numbers(s.grad) for s in sequences],
    }


def training(name, make):
    lengths = [3, 5, 1, 4, 5, 2]
    model, sequences, targets = setting(2, "attention+mean", lengths)
    sequences = [s.detach() for s in sequences]
    optimizer, losses = make(model.parameters()), []
    for _ in range(10):
        optimizer.zero_grad()
        loss = loss_of(model(sequences), targets, 0.1, None)
        loss.backward()
        losses.append(numbers(loss)[0])
        optimizer.step()
    return {"optimizer": name, "lengths": lengths, "losses": losses}


def main():
    lengths = [3, 5, 1, 4, 5]
    poolings = ["last", "mean", "attention", "attention+mean"]
    cases = [gradients(layers, p, lengths) for layers in (1, 2) for p in poolings]
    cases.append(gradients(1, "mean", [6, 6]))
    cases.append(gradients(1, "last", lengths, smoothing=0.1))
    cases.append(gradients(1, "mean", lengths, weights=[0.5, 2.0, 1.25]))
    cases.append(gradients(2, "attention", lengths, smoothing=0.2, weights=[0.5, 2.0, 1.25]))
    trainings = [
        training("sgd", lambda p: torch.optim.SGD(p, lr=0.5, momentum=0.9, weight_decay=0.01)),
        training("adam", lambda p: torch.optim.Adam(p, lr=0.05, weight_decay=0.01)),
        training("adamw", lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.1)),
    ]
    target = pathlib.Path(__file__).parent.parent / "torch" / "parity.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps({"torch": torch.__version__, "cases": cases, "trainings": trainings}) + "\n")


if __name__ == "__main__":
    main()
