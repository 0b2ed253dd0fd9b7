"""The peers' network: a BiLSTM, the mean over time, a linear layer; T 98, F 40, 12 classes."""
import torch


class Recogniser(torch.nn.Module):
    def __init__(self, layers, hidden):
        super().__init__()
        self.lstm = torch.nn.LSTM(40, hidden, layers, batch_first=True, bidirectional=True)
        self.head = torch.nn.Linear(2 * hidden, 12)

    def forward(self, x):
        return self.head(self.lstm(x)[0].mean(1))


def write_onnx(layers, path):
    torch.onnx.export(
        Recogniser(layers, 128).eval(), (torch.zeros(1, 98, 40),), path, input_names=["x"],
        output_names=["y"], opset_version=17, dynamo=False)
