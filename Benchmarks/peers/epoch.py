"""PyTorch + torchaudio: epochs over decoded clips: epoch.py DATASET THREADS EPOCHS

What compare.py has `kws bench DATASET` do with shift, noise and SpecAugment:
MFCC made anew in each epoch, attention and mean pooling, dropout, AdamW, clipping, an average of the
weights. Everything is in tensors of whole batches. One JSON object for decoding, one an epoch.
"""
import glob
import json
import os
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import numpy
import soundfile
import torch
import torchaudio
from torch import nn

dataset, threads, epochs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
torch.manual_seed(0)
RATE, BATCH = 16000, 128


class Recogniser(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.lstm = nn.LSTM(40, 128, 2, batch_first=True, bidirectional=True, dropout=0.2)
        self.attention = nn.Linear(256, 1)
        self.dropout = nn.Dropout(0.2)
        self.output = nn.Linear(512, classes)

    def forward(self, x):
        y = self.lstm(x)[0]
        shares = torch.softmax(self.attention(y), 1)
        pooled = torch.cat([(shares * y).sum(1), y.mean(1)], 1)
        return self.output(self.dropout(pooled))


def decoded(path):
    samples = soundfile.read(path, dtype="float32")[0][:RATE]
    return numpy.pad(samples, (0, RATE - len(samples)))


def report(row, seconds, count):
    print(json.dumps({"row": row, "seconds": seconds, "clips": count}), flush=True)


start = time.perf_counter()
words = sorted(word for word in os.listdir(dataset) if os.path.isdir(f"{dataset}/{word}"))
words.remove("_background_noise_")
paths = [(path, index) for index, word in enumerate(words)
         for path in sorted(glob.glob(f"{dataset}/{word}/*.*"))]
clips = torch.from_numpy(numpy.stack([decoded(path) for path, _ in paths]))
targets = torch.tensor([index for _, index in paths])
noise = torch.from_numpy(numpy.concatenate(
    [soundfile.read(path, dtype="float32")[0]
     for path in sorted(glob.glob(f"{dataset}/_background_noise_/*.*"))]))
report("decoding", time.perf_counter() - start, len(clips))

# 30 ms every 10 ms within the clip, 40 bands from 20 to 7,600 Hz, logarithm, 40 coefficients.
mfcc = torchaudio.transforms.MFCC(
    RATE, 40, log_mels=True,
    melkwargs=dict(
        n_fft=512, win_length=480, hop_length=160, n_mels=40, f_min=20, f_max=7600, center=False))
network = Recogniser(len(words))
average = [parameter.detach().clone() for parameter in network.parameters()]
optimizer = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=0.01)


def augmented(x):
    """Shift up to 100 ms, noise in 80% of the clips."""
    count = len(x)
    places = torch.arange(RATE)[None] - torch.randint(-1600, 1601, (count, 1))
    x = torch.gather(x, 1, places.clamp(0, RATE - 1)) * ((places >= 0) & (places < RATE))
    cuts = noise.unfold(0, RATE, 1)[torch.randint(0, len(noise) - RATE, (count,))]
    decibels = 5 + 35 * torch.rand(count, 1)
    powers = x.square().mean(1, keepdim=True) / cuts.square().mean(1, keepdim=True).clamp(min=1e-20)
    scale = powers.sqrt() * 10 ** (-decibels / 20) * (torch.rand(count, 1) < 0.8)
    return x + scale * cuts


def masked(features):
    """SpecAugment: two masks of up to 7 coefficients and two of up to 20 frames; (B, F, T)."""
    count, height, width = features.shape
    keep = torch.ones_like(features, dtype=torch.bool)
    for _ in range(2):
        for extent, most, shape in [(height, 7, (count, -1, 1)), (width, 20, (count, 1, -1))]:
            size = torch.randint(0, most + 1, (count, 1))
            first = (torch.rand(count, 1) * (extent - size + 1)).long()
            places = torch.arange(extent)[None]
            keep &= ((places < first) | (places >= first + size)).view(shape)
    return features * keep


for epoch in range(epochs):
    start = time.perf_counter()
    network.train()
    order = torch.randperm(len(clips))
    for first in range(0, len(order), BATCH):
        batch = order[first:first + BATCH]
        with torch.no_grad():
            # The last window of 480 samples stands in a transform of 512.
            padded = nn.functional.pad(augmented(clips[batch]), (0, 32))
            features = masked(mfcc(padded))
        # Dense rows: the LSTM takes half as long again over a transposed view.
        logits = network(features.transpose(1, 2).contiguous())
        loss = nn.functional.cross_entropy(logits, targets[batch], label_smoothing=0.1)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(average, list(network.parameters()), 0.001)
    report("epoch", time.perf_counter() - start, len(clips))
