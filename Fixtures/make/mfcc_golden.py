"""Golden vectors for the front end's presets, made by the real libraries.

Each part runs in an environment of its own (see the requirements files), since the libraries do
not install side by side. Together they write, into OUT:

    signals-<rate>.wav          16-bit input, all signals one after the other
    signals-<rate>.json         [{signal, start, samples}]
    <preset>-<rate>.json        [{signal, samples, frames}]: what was given to the library, always
                                from a signal's start; frames are null where the library raises
    <preset>-<rate>.npy         float32 (all frames, coefficients)
    <preset>-<rate>-bands.npy   float32 (all frames, bands), before the logarithm
    deltas-<library>.npy        float32 (12, 3 * 3): features, deltas, deltas of deltas

    python mfcc_golden.py signals    OUT [RATE ...]   numpy, and espeak-ng for the speech
    python mfcc_golden.py kaldi      OUT              requirements-mfcc.txt
    python mfcc_golden.py librosa    OUT              requirements-mfcc.txt
    python mfcc_golden.py psf        OUT              requirements-mfcc.txt
    python mfcc_golden.py htk        OUT              requirements-mfcc.txt
    python mfcc_golden.py kws        OUT              requirements-mfcc.txt
    python mfcc_golden.py torchaudio OUT              requirements-mfcc-torchaudio.txt
    python mfcc_golden.py tensorflow OUT              requirements-mfcc-tensorflow.txt
    python mfcc_golden.py deltas     OUT LIBRARY      librosa, psf or torchaudio, in its environment

`htk` and `kws` are double-precision numpy after the formulas: there is no library to ask. `htk` is
compared with Kaldi's own HTK mode on the way, where the two overlap.
"""
import json
import math
import pathlib
import subprocess
import sys
import wave

import numpy as np

SECONDS = 0.3


def write_wav(path, rate, samples):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.astype("<i2").tobytes())


def read_wav(path):
    with wave.open(str(path), "rb") as file:
        data = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return file.getframerate(), data.astype(np.int32)


def speech(rate, count):
    """A word of espeak-ng, by linear interpolation: quality does not matter, only that it is speech."""
    made = subprocess.run(["espeak-ng", "-v", "en", "--stdout", "seven"],
                          check=True, capture_output=True).stdout
    data = np.frombuffer(made[44:], "<i2").astype(float)
    start = int(np.argmax(np.abs(data) > 500))
    places = start + np.arange(count) * 22050 / rate
    return np.interp(places, np.arange(len(data)), data)


def signals(out, rates):
    for rate in rates:
        random = np.random.default_rng(rate)
        count = int(SECONDS * rate)
        t = np.arange(count) / rate
        made = {
            "noise": random.uniform(-8000, 8000, count),
            "chirp": 20000 * np.sin(2 * math.pi * (100 * t + min(0.45 * rate, 7000) / (2 * SECONDS) * t * t)),
            "speech": speech(rate, count),
            "silence": np.zeros(count),
            "square": np.where((np.arange(count) * 440 * 2 // rate) % 2 == 0, 32767, -32768),
            "offset": 3000 + random.normal(0, 500, count),
            "constant": np.full(count, 9830),
        }
        samples = np.clip(np.round(np.concatenate(list(made.values()))), -32768, 32767)
        write_wav(out / f"signals-{rate}.wav", rate, samples)
        index = [{"signal": name, "start": place * count, "samples": count}
                 for place, name in enumerate(made)]
        (out / f"signals-{rate}.json").write_text(json.dumps(index, indent=1) + "\n")


WINDOWS = {
    "kaldi": lambda rate: rate * 25 // 1000,
    "htk": lambda rate: rate * 25 // 1000,
    "psf": lambda rate: int(0.025 * rate + 0.5),
    "tensorflow": lambda rate: rate * 30 // 1000,
    "kws": lambda rate: (rate * 30 + 500) // 1000,
    "librosa": lambda rate: 2048,
    "torchaudio": lambda rate: 400,
}


def clips(out, part, rate):
    """Every signal whole, and the start of the noise around the lengths where framing changes."""
    data = read_wav(out / f"signals-{rate}.wav")[1]
    index = json.loads((out / f"signals-{rate}.json").read_text())
    window = WINDOWS[part](rate)
    wanted = [(entry, entry["samples"]) for entry in index]
    wanted += [(index[0], n) for n in (1, 200, 201, window - 1, window, window + 1)]
    for entry, count in wanted:
        yield entry["signal"], data[entry["start"]:entry["start"] + count]


def kaldi(rate, data):
    import kaldi_native_fbank as knf

    def rows(options, online):
        options.frame_opts.samp_freq = rate
        options.frame_opts.dither = 0
        extractor = online(options)
        extractor.accept_waveform(rate, data.astype(np.float32).tolist())
        extractor.input_finished()
        return [extractor.get_frame(t) for t in range(extractor.num_frames_ready)]

    fbank = knf.FbankOptions()
    fbank.use_log_fbank = False
    fbank.mel_opts.num_bins = 23
    mfcc = np.array(rows(knf.MfccOptions(), knf.OnlineMfcc)).reshape(-1, 13)
    return mfcc, np.array(rows(fbank, knf.OnlineFbank)).reshape(-1, 23)


def librosa(rate, data):
    import librosa as lib

    samples = (data / 32768).astype(np.float32)
    return (lib.feature.mfcc(y=samples, sr=rate).T,
            lib.feature.melspectrogram(y=samples, sr=rate).T)


def psf(rate, data):
    import python_speech_features as lib

    length = 1
    while length < 0.025 * rate:  # calculate_nfft of versions after 0.6
        length *= 2
    # 16-bit integers, as its README reads them from a WAV file.
    bands = lib.fbank(data, rate, nfft=length, nfilt=26, preemph=0.97)[0]
    # fbank puts epsilon in place of zeros already.
    return (lib.mfcc(data, rate, nfft=length),
            np.where(bands == np.finfo(float).eps, 0, bands))


def torchaudio(rate, data):
    import torch
    import torchaudio as lib

    transform = lib.transforms.MFCC(rate)
    samples = torch.from_numpy((data / 32768).astype(np.float32))
    return transform(samples).numpy().T, transform.MelSpectrogram(samples).numpy().T


def tensorflow(rate, data):
    import tensorflow as tf

    samples = (data / 32768).astype(np.float32)[:, None]
    spectrum = tf.raw_ops.AudioSpectrogram(
        input=samples, window_size=rate * 30 // 1000, stride=rate * 10 // 1000,
        magnitude_squared=True)
    mfcc = tf.raw_ops.Mfcc(spectrogram=spectrum, sample_rate=rate).numpy()[0]
    # Its bands are not to be had, but all 40 coefficients are their logarithms, turned.
    full = tf.raw_ops.Mfcc(
        spectrogram=spectrum, sample_rate=rate, dct_coefficient_count=40).numpy()[0]
    n, k = np.arange(40)[:, None], np.arange(40)[None, :]
    inverse = math.sqrt(2 / 40) * np.cos(math.pi * k * (n + 0.5) / 40)
    inverse[:, 0] /= 2
    bands = np.exp(full.astype(float) @ inverse.T)
    return mfcc, np.where(bands < 1.01e-12, 0, bands)


def hz_to_mel(frequency):
    return 1127 * np.log1p(np.asarray(frequency) / 700)


def book(samples, rate, *, window, hop, fft, shape, emphasis, magnitude, bands, low, high,
         first, last, floor, scale_first, kept):
    """MFCC after the formulas of the HTK Book (5.2, 5.4 to 5.6), in double precision."""
    count = 0 if len(samples) < window else 1 + (len(samples) - window) // hop
    frames = np.array([samples[t * hop:t * hop + window] for t in range(count)]).reshape(-1, window)
    if emphasis:
        before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
        frames = frames - emphasis * before
    spectrum = np.abs(np.fft.rfft(frames * shape, fft))
    if not magnitude:
        spectrum = spectrum ** 2
    edges = np.linspace(hz_to_mel(low), hz_to_mel(high), bands + 2)
    places = hz_to_mel(np.arange(fft // 2 + 1) * rate / fft)
    rising = (places - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - places) / (edges[2:] - edges[1:-1])[:, None]
    weights = np.maximum(0, np.minimum(rising, falling))
    weights[:, :first] = 0
    weights[:, last + 1:] = 0
    energies = spectrum @ weights.T
    k, n = np.arange(kept)[:, None], np.arange(bands)[None, :]
    matrix = math.sqrt(2 / bands) * np.cos(math.pi * k * (n + 0.5) / bands)
    matrix[0] *= scale_first
    return np.log(floor(energies)) @ matrix.T, energies


def htk(rate, data, magnitude=True, floor=lambda x: np.maximum(x, 1.0)):
    window, fft = rate * 25 // 1000, 2
    while fft < window:
        fft *= 2
    shape = 0.54 - 0.46 * np.cos(2 * math.pi * np.arange(window) / (window - 1))
    mfcc, energies = book(
        data.astype(float), rate, window=window, hop=rate * 10 // 1000, fft=fft, shape=shape,
        emphasis=0.97, magnitude=magnitude, bands=20, low=0, high=rate / 2, first=1,
        last=fft // 2 - 1, floor=floor, scale_first=1, kept=13)
    mfcc = mfcc * (1 + 11 * np.sin(math.pi * np.arange(13) / 22))
    mfcc = np.concatenate([mfcc[:, 1:], mfcc[:, :1]], axis=1)
    if magnitude:
        agree_with_kaldi(rate, data)
    return mfcc, energies


def agree_with_kaldi(rate, data):
    """Kaldi's HTK mode is HTK's MFCC_0 of power; where no band is tiny the two are equal."""
    import kaldi_native_fbank as knf

    options = knf.MfccOptions()
    options.frame_opts.samp_freq = rate
    options.frame_opts.dither = 0
    options.frame_opts.remove_dc_offset = False
    options.frame_opts.window_type = "hamming"
    options.mel_opts.num_bins = 20
    options.mel_opts.low_freq = 0
    options.mel_opts.htk_mode = True
    options.htk_compat = True
    options.use_energy = False
    extractor = knf.OnlineMfcc(options)
    extractor.accept_waveform(rate, data.astype(np.float32).tolist())
    extractor.input_finished()
    frames = [extractor.get_frame(t) for t in range(extractor.num_frames_ready)]
    mine, energies = htk(rate, data, magnitude=False)
    for row, theirs, bands in zip(mine, frames, energies):
        if bands.min() > 1e-6 * bands.max():
            assert np.abs(row - theirs).max() < 2e-3, np.abs(row - theirs).max()


def slopes(rows):
    padded = np.pad(rows, ((2, 2), (0, 0)), "edge")
    count = len(rows)
    return sum(n * (padded[2 + n:2 + n + count] - padded[2 - n:2 - n + count]) for n in (1, 2)) / 10


def kws(rate, data):
    window, fft = (rate * 30 + 500) // 1000, 2
    while fft < window:
        fft *= 2
    shape = 0.5 - 0.5 * np.cos(2 * math.pi * np.arange(window) / window)
    mfcc, bands = book(
        data / 32768, rate, window=window, hop=(rate * 20 + 500) // 1000, fft=fft, shape=shape,
        emphasis=0, magnitude=False, bands=40, low=20, high=min(7600, 0.95 * rate / 2), first=0,
        last=fft // 2, floor=lambda x: x + 1e-6, scale_first=math.sqrt(0.5), kept=13)
    if len(mfcc) == 0:
        return np.zeros((0, 39)), bands
    return np.concatenate([mfcc, slopes(mfcc), slopes(slopes(mfcc))], axis=1), bands


def deltas(out, library):
    features = np.random.default_rng(1).normal(0, 10, (12, 3)).astype(np.float32)
    if library == "librosa":
        from librosa.feature import delta
        made = [delta(features, axis=0, order=order) for order in (1, 2)]
    elif library == "psf":
        from python_speech_features import delta
        made = [delta(features, 2), delta(delta(features, 2), 2)]
    else:
        import torch
        from torchaudio.functional import compute_deltas
        first = compute_deltas(torch.from_numpy(features.T.copy()))
        made = [first.numpy().T, compute_deltas(first).numpy().T]
    columns = np.concatenate([features, *made], axis=1)
    np.save(out / f"deltas-{library}.npy", np.ascontiguousarray(columns, np.float32))


def main():
    part, out = sys.argv[1], pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    if part == "signals":
        signals(out, [int(rate) for rate in sys.argv[3:]] or [8000, 16000, 44100])
        return
    if part == "deltas":
        deltas(out, sys.argv[3])
        return
    make = globals()[part]
    for path in sorted(out.glob("signals-*.wav")):
        rate = int(path.stem.split("-")[1])
        index, mfccs, all_bands = [], [], []
        for signal, data in clips(out, part, rate):
            entry = {"signal": signal, "samples": len(data), "frames": None}
            index.append(entry)
            try:
                mfcc, bands = make(rate, data)
            except RuntimeError:  # torchaudio's reflection is longer than the clip
                continue
            assert len(mfcc) == len(bands)
            entry["frames"] = len(mfcc)
            mfccs.append(mfcc)
            all_bands.append(bands)
        (out / f"{part}-{rate}.json").write_text(json.dumps(index, indent=1) + "\n")
        np.save(out / f"{part}-{rate}.npy", np.ascontiguousarray(np.concatenate(mfccs), np.float32))
        np.save(out / f"{part}-{rate}-bands.npy", np.ascontiguousarray(np.concatenate(all_bands), np.float32))


main()
