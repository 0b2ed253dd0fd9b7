"""The time of exported models beside kws and onnxruntime: speed.py CLIP RECORDING --kws KWS --out OUT

CLIP is a WAV of one window, RECORDING one of a minute or more, both of one channel at the model's
rate. Every way computes the posteriors of the built-in model: of the clip again and again, and of the
recording window by window, as the model's rule cuts it. All use one thread. Times are of the
processor's clock in user mode, the median of --rounds rounds in which all ways take turns.

kws runs as its command, so what a run takes without work (start, reading the model) is measured
with less work and subtracted; it also decodes the files. onnxruntime gets one window at a time, as a
service would give it, and computes the frames that windows share again; the C code and kws do not.
Other runtimes (peers.py), where they are installed, begin at the features.

Prints a Markdown table: milliseconds, and the ratio to onnxruntime (below 1 is faster).
"""
import argparse
import io
import json
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import wave

import numpy
import onnxruntime
import peers

COMPILERS = {"-O2": ["-O2"], "-O3": ["-O3"], "-O3 -march=native": ["-O3", "-march=native"]}
REPEATS = 100

MAIN = r"""
#include "kws_model.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
static kws_model model;
static short samples[1 << 24];
int main(int argc, char **argv) {
  struct rusage before, after;
  float posteriors[KWS_MODEL_CLASSES];
  FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
  size_t count;
  long windows = 0;
  if (!file) return 1;
  count = fread(samples, 2, sizeof samples / 2, file);
  getrusage(RUSAGE_SELF, &before);
  for (int run = atoi(argv[2]); run > 0; run--) {
    kws_model_reset(&model);
    for (size_t done = 0; done < count;) {
      done += kws_model_push_int16(&model, samples + done, count - done);
      windows += kws_model_next(&model, posteriors);
    }
  }
  getrusage(RUSAGE_SELF, &after);
  printf("%.9f %ld\n", (double)(after.ru_utime.tv_sec - before.ru_utime.tv_sec)
    + 1e-6 * (double)(after.ru_utime.tv_usec - before.ru_utime.tv_usec), windows);
  return 0;
}
"""


def samples_of(path):
    with wave.open(str(path)) as file:
        assert file.getnchannels() == 1 and file.getsampwidth() == 2, f"{path}: 16 bits, one channel"
        return numpy.frombuffer(file.readframes(file.getnframes()), "<i2")


def user_seconds(command):
    """User time of a command and the processes that it waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def c_ways(kws, out, clip, stream):
    """Seconds for the clip and for the recording, by each export and compiler."""
    (out / "clip.pcm").write_bytes(clip.tobytes())
    (out / "stream.pcm").write_bytes(stream.tobytes())
    ways = {}
    for name, flags in {"C, float": [], "C, int8": ["--int8"]}.items():
        folder = out / name.replace(", ", "-")
        subprocess.run(
            [kws, "export", "built-in", "--format", "c", *flags, "--out", folder], check=True)
        (folder / "speed.c").write_text(MAIN)
        for label, options in COMPILERS.items():
            program = folder / ("speed" + "".join(options).replace("=", ""))
            subprocess.run(
                ["gcc", "-std=gnu99", *options, "-ffp-contract=off", "-o", program,
                 folder / "speed.c", folder / "kws_model.c", "-lm"], check=True)

            def run(data, repeats, program=program):
                text = subprocess.run(
                    [program, out / data, str(repeats)], check=True, capture_output=True, text=True)
                seconds, windows = text.stdout.split()
                assert int(windows) >= repeats
                return float(seconds) / repeats
            ways[f"{name}, gcc {label}"] = (
                lambda run=run: run("clip.pcm", REPEATS), lambda run=run: run("stream.pcm", 1))
    return ways


def onnx_ways(kws, out, clip, stream):
    ways = {}
    for name, flags in {"ONNX, float": [], "ONNX, int8": ["--int8"]}.items():
        path = out / (name.replace(", ", "-") + ".onnx")
        subprocess.run(
            [kws, "export", "built-in", "--format", "onnx", *flags, "--out", path], check=True)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        facts = session.get_modelmeta().custom_metadata_map
        rate, rule = int(facts["kws.sample_rate"]), json.loads(facts["kws.window"])
        front_end = json.loads(facts["kws.front_end"])
        length = int(rule["maximumSeconds"] * rate)
        frame = front_end["hopLength"]
        hop = round(rule["hopSeconds"] * rate / frame) * frame

        def run(samples, repeats, session=session, length=length, hop=hop):
            samples = (samples / 32768).astype(numpy.float32)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
            for _ in range(repeats):
                for start in range(0, len(samples) - length + 1, hop):
                    session.run(None, {"samples": samples[None, start:start + length]})
            return (resource.getrusage(resource.RUSAGE_SELF).ru_utime - before) / repeats
        ways[f"{name}, onnxruntime {onnxruntime.__version__}"] = (
            lambda run=run: run(clip, REPEATS), lambda run=run: run(stream, 1))
    return ways


def peer_ways(kws, model, out, clip, recording, rate=16_000):
    """Other runtimes of the network: they get features, which kws computed before."""
    def features(path):
        done = subprocess.run(
            [kws, "features", "--format", "npy", path], check=True, capture_output=True)
        return numpy.load(io.BytesIO(done.stdout)).astype("<f4")
    one, whole = features(clip), features(recording)
    frames = len(one)
    # 0.08 s of frames of 0.02 s from window to window, as the model's rule.
    windows = [whole[start:start + frames] for start in range(0, len(whole) - frames + 1, 4)]
    return {name: (lambda run=run: run([one], REPEATS), lambda run=run: run(windows, 1))
            for name, run in peers.ways(kws, model, out, one, 12).items()}


def kws_way(kws, model, out, clip, recording):
    for count in (1, 1 + REPEATS):
        folder = out / f"clips-{count}"
        folder.mkdir(exist_ok=True)
        for number in range(count):
            shutil.copyfile(clip, folder / f"{number}.wav")

    def one():
        fast, slow = [user_seconds(
            [kws, "classify", out / f"clips-{count}", "--model", model, "--threads", "1"])
            for count in (1, 1 + REPEATS)]
        return (slow - fast) / REPEATS

    def stream():
        fast, slow = [user_seconds([kws, "listen", path, "--model", model])
                      for path in (clip, recording)]
        return slow - fast
    return one, stream


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clip", type=pathlib.Path)
    parser.add_argument("recording", type=pathlib.Path)
    parser.add_argument("--kws", required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    clip, stream = samples_of(options.clip), samples_of(options.recording)
    ways = onnx_ways(options.kws, options.out, clip, stream)
    ways |= c_ways(options.kws, options.out, clip, stream)
    model, small = options.out / "model.safetensors", options.out / "int8.safetensors"
    subprocess.run([options.kws, "halve", "built-in", model], check=True)
    subprocess.run([options.kws, "halve", "built-in", small, "--int8"], check=True)
    ways |= peer_ways(options.kws, model, options.out, options.clip, options.recording)
    for name, path in {"kws": model, "kws, int8": small}.items():
        ways[name] = kws_way(options.kws, path, options.out, options.clip, options.recording)
    times = {name: ([], []) for name in ways}
    for number in range(options.rounds):
        for name, (one, whole) in ways.items():
            times[name][0].append(one())
            times[name][1].append(whole())
        print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
    medians = {name: [statistics.median(values) for values in both] for name, both in times.items()}
    base = next(iter(medians.values()))
    seconds = len(stream) / 16_000
    print(f"| way | clip, ms | ratio | {seconds:.0f} s of a stream, ms | ratio |")
    print("|---|---|---|---|---|")
    for name, (one, whole) in medians.items():
        print(f"| {name} | {1000 * one:.2f} | {one / base[0]:.2f} "
              f"| {1000 * whole:.0f} | {whole / base[1]:.2f} |")


if __name__ == "__main__":
    main()
