"""Makes Fixtures/torch/model.json: what PyTorch answers with a model file that kws wrote.

    pip install torch==2.13.0 safetensors==0.8.0 numpy --index-url https://download.pytorch.org/whl/cpu
    python Fixtures/make/torch_model.py

The tensors of Fixtures/torch/model.safetensors (written by TorchModelTests with KWS_RECORD=1) go into nn.LSTM and
nn.Linear by load_state_dict(strict=True), without any renaming. Feature number i, counted over all frames of all
sequences, is cos(1.3 i + 0.1). The posteriors at each temperature come from the lines of the documentation
(ModelFile.md) that say how PyTorch computes them, run as they stand there.
"""
import json
import math
import pathlib
import re
import types

import torch
from safetensors import safe_open

folder = pathlib.Path(__file__).parent.parent / "torch"
with safe_open(folder / "model.safetensors", framework="pt") as file:
    metadata = json.loads(file.metadata()["kws"])
    # clips.* name the clips that the model has met.
    tensors = {name: file.get_tensor(name) for name in file.keys() if not name.startswith("clips.")}
shape = metadata["network"]
assert shape["pooling"] == "attention+mean"


class Classifier(torch.nn.Module):
    def __init__(self):
        super().__init__()
        hidden = shape["hidden"]
        self.lstm = torch.nn.LSTM(shape["features"], hidden, shape["layers"], batch_first=True, bidirectional=True)
        self.attention = torch.nn.Linear(2 * hidden, 1)
        self.output = torch.nn.Linear(4 * hidden, shape["classes"])

    def forward(self, frames):
        states, _ = self.lstm(frames[None])
        attended = (torch.softmax(self.attention(states), 1) * states).sum(1)
        return self.output(torch.cat([attended, states.mean(1)], 1))[0]


def documented_recipe():
    catalogue = folder.parent.parent / "Sources/KeywordSpotting/KeywordSpotting.docc"
    text = (catalogue / "ModelFile.md").read_text()
    return re.search(r"PyTorch computes the same posteriors:\n\n((?:    .+\n)+)", text)[1]


def posteriors(recipe, x, temperature):
    def layer(name):
        return types.SimpleNamespace(weight=tensors[name + ".weight"], bias=tensors[name + ".bias"])

    names = {
        "x": x, "temperature": temperature, "lstm": classifier.lstm, "attention": layer("attention"),
        "output": layer("output"), "concatenate": torch.cat,
        "softmax": lambda values, axis=-1: torch.softmax(values, axis),
    }
    exec(re.sub("^    ", "", recipe, flags=re.M), names)
    return [round(float(v), 8) for v in names["posteriors"]]


classifier = Classifier()
classifier.load_state_dict(tensors, strict=True)
recipe = documented_recipe()
lengths = [1, 2, 17, 60]
temperatures = [0.25, 1, 3]
index = 0
logits = []
rows = [[] for _ in temperatures]
with torch.no_grad():
    for length in lengths:
        count = length * shape["features"]
        values = [math.cos(1.3 * (index + i) + 0.1) for i in range(count)]
        index += count
        frames = torch.tensor(values, dtype=torch.float32).reshape(length, -1)
        logits.append([round(float(v), 8) for v in classifier(frames)])
        for temperature, answers in zip(temperatures, rows):
            answers.append(posteriors(recipe, frames, temperature))
text = json.dumps(
    {"torch": torch.__version__, "lengths": lengths, "logits": logits, "recipe": recipe, "posteriors": [
        {"temperature": temperature, "rows": answers} for temperature, answers in zip(temperatures, rows)]}, indent=1)
(folder / "model.json").write_text(text + "\n")
