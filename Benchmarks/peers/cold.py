"""The lightest Python process that classifies: cold.py MODEL.onnx CLIP.wav."""
import sys

import kaldi_native_fbank
import numpy
import onnxruntime
import soundfile

samples = soundfile.read(sys.argv[2], dtype="float32")[0]
options = kaldi_native_fbank.MfccOptions()
options.frame_opts.dither = 0
options.mel_opts.num_bins = options.num_ceps = 40
mfcc = kaldi_native_fbank.OnlineMfcc(options)
mfcc.accept_waveform(16000, samples)
mfcc.input_finished()
frames = numpy.zeros((1, 98, 40), numpy.float32)
for index in range(min(98, mfcc.num_frames_ready)):
    frames[0, index] = mfcc.get_frame(index)
settings = onnxruntime.SessionOptions()
settings.intra_op_num_threads = settings.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(sys.argv[1], settings, providers=["CPUExecutionProvider"])
print(session.run(None, {"x": frames})[0].argmax())
