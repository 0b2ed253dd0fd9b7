"""Other ways to run the built-in model's network, for speed.py: what is installed of them.

ncnn (C++) gets PyTorch's model through pnnx, the C code of emx-onnx-cgen the ONNX export. Both read
features that were computed before, so the front end, about a third of a clip's work, is not in
their times. Every way is a function from windows (N, T, F) to the seconds that they take.
"""
import importlib.util
import pathlib
import resource
import shutil
import subprocess
import sys

import numpy
import onnxruntime

EMX_MAIN = r"""
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
_Bool model_load(const char *path);
void model(const float features[restrict 1][FRAMES][FEATURES], float posteriors[restrict 1][CLASSES]);
static float windows[1024][1][FRAMES][FEATURES];
int main(int argc, char **argv) {
  struct rusage before, after;
  float posteriors[1][CLASSES];
  FILE *file = argc == 4 ? fopen(argv[1], "rb") : NULL;
  if (!file || !model_load(argv[3])) return 1;
  size_t count = fread(windows, sizeof windows[0], 1024, file);
  getrusage(RUSAGE_SELF, &before);
  for (int run = atoi(argv[2]); run > 0; run--) {
    for (size_t i = 0; i < count; i++) model(windows[i], posteriors);
  }
  getrusage(RUSAGE_SELF, &after);
  printf("%.9f", (double)(after.ru_utime.tv_sec - before.ru_utime.tv_sec)
    + 1e-6 * (double)(after.ru_utime.tv_usec - before.ru_utime.tv_usec));
  for (int i = 0; i < CLASSES; i++) printf(" %.6f", posteriors[0][i]);
  return 0;
}
"""


def user_time():
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


def ncnn_way(model, out, window):
    import ncnn
    import torch
    import pytorch

    tensors, metadata = pytorch.read_model(model)
    sizes = {name: tensor.shape for name, tensor in tensors.items()}

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.lstm = pytorch.nn_lstm(tensors)
            self.attention = torch.nn.Linear(sizes["attention.weight"][1], 1)
            self.output = torch.nn.Linear(*reversed(sizes["output.weight"]))
            for name in ("attention", "output"):
                for part in ("weight", "bias"):
                    getattr(getattr(self, name), part).data = tensors[f"{name}.{part}"]

        def forward(self, x):
            y = self.lstm(x)[0]
            shares = torch.softmax(self.attention(y), 1)
            return self.output(torch.cat([(y * shares).sum(1), y.mean(1)], 1))

    normalization = {name: numpy.array(values, "<f4")
                     for name, values in metadata["normalization"].items() if name != "format"}
    x = (window - normalization["mean"]) / normalization["deviation"]
    net = Net().eval()
    with torch.no_grad():
        torch.jit.trace(net, torch.from_numpy(x[None])).save(str(out / "net.pt"))
        expected = net(torch.from_numpy(x[None])).numpy().ravel()
    tool = pathlib.Path(sys.executable).parent / "pnnx"
    subprocess.run([tool, "net.pt", f"inputshape=[1,{x.shape[0]},{x.shape[1]}]", "fp16=0"],
                   cwd=out, check=True, capture_output=True)
    ways = {}
    for name, is_half in {"": False, ", bfloat16": True}.items():
        runtime = ncnn.Net()
        runtime.opt.num_threads = 1
        runtime.opt.use_bf16_storage = is_half
        runtime.load_param(str(out / "net.ncnn.param"))
        runtime.load_model(str(out / "net.ncnn.bin"))

        def logits(x, runtime=runtime):
            with runtime.create_extractor() as extractor:
                extractor.input("in0", ncnn.Mat(x))
                return numpy.array(extractor.extract("out0")[1]).ravel()
        difference = abs(logits(x) - expected).max()
        print(f"ncnn{name}: logits differ by {difference:.1e}", file=sys.stderr)

        def run(windows, repeats, logits=logits):
            windows = [(x - normalization["mean"]) / normalization["deviation"] for x in windows]
            before = user_time()
            for _ in range(repeats):
                for x in windows:
                    logits(x)
            return (user_time() - before) / repeats
        ways[f"ncnn {ncnn.__version__}{name}, features"] = run
    return ways


def emx_way(kws, out, window, classes):
    """C code that emx-onnx-cgen makes of the export that reads features."""
    frames, features = window.shape
    subprocess.run([kws, "export", "built-in", "--format", "onnx", "--input", "features",
                    "--out", out / "features.onnx"], check=True)
    tool = pathlib.Path(sys.executable).parent / "emx-onnx-cgen"
    subprocess.run([tool, "compile", "features.onnx", "emx.c", "--input-dim", "batch=1",
                    "--input-dim", f"frames={frames}"], cwd=out, check=True, capture_output=True)
    sizes = [f"-DFRAMES={frames}", f"-DFEATURES={features}", f"-DCLASSES={classes}"]
    (out / "emx_main.c").write_text(EMX_MAIN)
    session = onnxruntime.InferenceSession(out / "features.onnx")
    expected = session.run(None, {"features": window[None]})[0].ravel()
    ways = {}
    for flags in (["-O3"], ["-O3", "-march=native"]):
        program = out / ("emx" + "".join(flags).replace("=", ""))
        subprocess.run(["gcc", "-std=gnu11", "-w", *flags, *sizes, "-o", program,
                        out / "emx.c", out / "emx_main.c", "-lm"], check=True)

        def run(windows, repeats, program=program):
            numpy.ascontiguousarray(windows, "<f4").tofile(out / "windows")
            text = subprocess.run([program, out / "windows", str(repeats), out / "model.bin"],
                                  check=True, capture_output=True, text=True).stdout.split()
            run.posteriors = [float(value) for value in text[1:]]
            return float(text[0]) / repeats
        run([window], 1)
        difference = abs(numpy.array(run.posteriors) - expected).max()
        print(f"emx-onnx-cgen: posteriors differ by {difference:.1e}", file=sys.stderr)
        ways[f"C of emx-onnx-cgen, features, gcc {' '.join(flags)}"] = run
    return ways


def ways(kws, model, out, window, classes):
    """The ways that are installed, by name."""
    found = {}
    if all(importlib.util.find_spec(name) for name in ("ncnn", "pnnx", "torch")):
        found |= ncnn_way(model, out, window)
    if shutil.which(pathlib.Path(sys.executable).parent / "emx-onnx-cgen"):
        found |= emx_way(kws, out, window, classes)
    return found
