"""PyTorch's nn.LSTM with a model's weights beside kws: pytorch.py DATA MODEL --kws KWS

DATA is Speech Commands, whose validation part is read, MODEL a model file. kws computes the features
of each clip (`kws features`), PyTorch the rest from the weights in the file, and the posteriors are
compared with those that `kws classify` prints, which have six digits. The clips are not longer than
the model's window. Prints one line.

--bfloat16 rounds weights, frames and hidden states to bfloat16, as the dot products of such
processors read them, and sums in single precision.
"""
import argparse
import concurrent.futures
import csv
import io
import json
import pathlib
import struct
import subprocess
import sys

import numpy
import torch

TYPES = {"F32": "<f4", "F16": "<f2", "I8": "i1", "U8": "u1"}


def read_model(path):
    """The tensors as float32 and the metadata of a model file."""
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8:8 + length])
    metadata = json.loads(header.pop("__metadata__")["kws"])
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        values = numpy.frombuffer(data[8 + length + start:8 + length + end], TYPES[entry["dtype"]])
        tensors[name] = torch.from_numpy(values.reshape(entry["shape"]).astype(numpy.float32))
    for name in [name for name in tensors if name.endswith(".scale")]:
        tensors[name.removesuffix(".scale")] *= tensors.pop(name)[:, None]
    return tensors, metadata


def layers_of(tensors):
    return sum(name.startswith("lstm.weight_ih_l") and not name.endswith("reverse")
               for name in tensors)


def nn_lstm(tensors):
    """nn.LSTM with the weights."""
    own = {name[5:]: value for name, value in tensors.items() if name.startswith("lstm.")}
    first = own["weight_ih_l0"]
    lstm = torch.nn.LSTM(
        first.shape[1], first.shape[0] // 4, layers_of(tensors), batch_first=True,
        bidirectional="weight_ih_l0_reverse" in own)
    lstm.load_state_dict(own)
    return lstm


def rounded(x):
    return x.to(torch.bfloat16).float()


def rounding_lstm(tensors):
    """The same by its equations, with what is multiplied rounded to bfloat16: (1, T, F) to (1, T, DH)."""
    def direction(x, end):
        w, u = (rounded(tensors[f"lstm.weight_{kind}_{end}"]) for kind in ("ih", "hh"))
        bias = tensors[f"lstm.bias_ih_{end}"] + tensors[f"lstm.bias_hh_{end}"]
        h, c = torch.zeros(u.shape[1]), torch.zeros(u.shape[1])
        states = []
        for sums in rounded(x) @ w.T + bias:
            i, f, g, o = (sums + u @ rounded(h)).chunk(4)
            c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
            h = torch.sigmoid(o) * torch.tanh(c)
            states.append(h)
        return torch.stack(states)

    def run(x):
        x = x[0]
        for layer in range(layers_of(tensors)):
            states = [direction(x, f"l{layer}")]
            if f"lstm.weight_ih_l{layer}_reverse" in tensors:
                states.append(direction(x.flip(0), f"l{layer}_reverse").flip(0))
            x = torch.cat(states, 1)
        return x[None], None
    return run


def posteriors(lstm, tensors, metadata, features):
    """(C) of one window's features (T, F)."""
    def numbers(name):
        return torch.tensor(metadata["normalization"][name])
    y = lstm((torch.from_numpy(features) - numbers("mean"))[None] / numbers("deviation"))[0][0]
    parts = []
    if "attention.weight" in tensors:
        shares = torch.softmax(y @ tensors["attention.weight"].T + tensors["attention.bias"], 0)
        parts.append((shares * y).sum(0))
    parts.append(y.mean(0))
    logits = tensors["output.weight"] @ torch.cat(parts) + tensors["output.bias"]
    decision = metadata["decision"]
    scaled = logits / decision["temperature"]
    prior = decision.get("prior", {})
    if prior.get("target") == "equal":
        # The share in the task is the same for all classes.
        scaled -= torch.log(torch.tensor([prior["trained"][label] for label in metadata["labels"]]))
    return torch.softmax(scaled, 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--kws", required=True)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--bfloat16", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    tensors, metadata = read_model(options.model)
    # The validation part and no other is FLAC; noise is no clip.
    clips = sorted(path for path in options.data.glob("[!_]*/*.flac"))[::options.every]
    table = subprocess.run(
        [options.kws, "classify", "--model", options.model, "--csv", "--threads", "1",
         "--files-from", "-"], input="\n".join(map(str, clips)), capture_output=True, text=True)
    rows = list(csv.reader(io.StringIO(table.stdout)))
    first = rows[0].index("threshold") + 1
    labels = rows[0][first:]
    own = {row[0]: (row[1], numpy.array([float(value) for value in row[first:]]))
           for row in rows[1:]}

    def features(path):
        done = subprocess.run(
            [options.kws, "features", "--format", "npy", path], capture_output=True, check=True)
        return numpy.load(io.BytesIO(done.stdout))

    lstm = (rounding_lstm if options.bfloat16 else nn_lstm)(tensors)
    largest, changed, right, same, count = 0.0, 0, 0, 0, 0
    with torch.no_grad(), concurrent.futures.ThreadPoolExecutor(2) as pool:
        for path, x in zip(clips, pool.map(features, clips)):
            found = posteriors(lstm, tensors, metadata, x).numpy()
            answer, expected = own[str(path)]
            largest = max(largest, float(abs(found - expected).max()))
            count += 1
            changed += labels[int(found.argmax())] != labels[int(expected.argmax())]
            word = path.parent.name if path.parent.name in labels else "_unknown_"
            right += labels[int(found.argmax())] == word
            same += labels[int(expected.argmax())] == word
    print(f"{count} clips, largest difference {largest:.1e}, {changed} answers changed, "
          f"{right} and {same} right")


if __name__ == "__main__":
    main()
