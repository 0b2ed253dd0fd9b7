"""PyTorch and onnxruntime: network_rows.py SECONDS THREADS FOLDER. One JSON object a line.

Training by the wall clock on THREADS threads; training on one thread, and inference, by the
processor's clock.
"""
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import onnxruntime
import torch

from model import Recogniser, write_onnx
from timing import report

seconds, threads, folder = float(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
torch.manual_seed(0)

for hidden, batch in [(64, 64), (128, 64), (256, 128)]:
    network = Recogniser(1, hidden)
    optimizer = torch.optim.Adam(network.parameters(), 1e-3)
    x, target = torch.randn(batch, 98, 40), torch.arange(batch) % 12

    def step():
        optimizer.zero_grad(set_to_none=True)
        torch.nn.functional.cross_entropy(network(x), target).backward()
        optimizer.step()

    torch.set_num_threads(1)
    report(f"train1-{hidden}-{batch}", step, seconds)
    torch.set_num_threads(threads)
    report(f"train-{hidden}-{batch}", step, seconds, clock=time.perf_counter)

torch.set_num_threads(1)
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = options.inter_op_num_threads = 1
for layers in [1, 2]:
    write_onnx(layers, f"{folder}/{layers}.onnx")
    session = onnxruntime.InferenceSession(
        f"{folder}/{layers}.onnx", options, providers=["CPUExecutionProvider"])
    clip = {"x": torch.randn(1, 98, 40).numpy()}
    report(f"infer-{layers}-1", lambda: session.run(None, clip), seconds)

x = torch.randn(64, 98, 40)
with torch.inference_mode():
    script = torch.jit.freeze(torch.jit.trace(Recogniser(1, 128).eval(), x))
    report("infer-1-64", lambda: script(x), seconds)
