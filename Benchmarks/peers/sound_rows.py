"""torchaudio: sound_rows.py SECONDS WAV... One JSON object a line; processor time, one thread."""
import sys
import warnings

warnings.filterwarnings("ignore")
import soundfile
import torch
import torchaudio

from timing import report

seconds, files = float(sys.argv[1]), sys.argv[2:]
torch.set_num_threads(1)
torch.set_grad_enabled(False)
# The frames of `kws`: 30 ms every 10 ms, 512 points, 40 bands and coefficients.
mfcc = torchaudio.transforms.MFCC(
    16000, 40, melkwargs=dict(n_fft=512, win_length=480, hop_length=160, n_mels=40))
clips = [torch.rand(16000) * 0.6 - 0.3 for _ in range(100)]
report("mfcc", lambda: [mfcc(clip) for clip in clips], seconds, len(clips))


def decode(path):
    return torch.from_numpy(soundfile.read(path, dtype="float32")[0])


report("mfcc-wav", lambda: [mfcc(decode(path)) for path in files], seconds, len(files))
