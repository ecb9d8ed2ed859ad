#!/usr/bin/env python3
"""Packs a case of the reference data (weights, input, output, gradients) into one .safetensors file for the tests.

    python3 pack.py CASE_FOLDER OUT.safetensors

The cases are results of the authors' own code; see THIRD-PARTY-NOTICES for the sources.
"""
import json
import pathlib
import struct
import sys

import numpy
import torch

TYPES = {torch.float32: "F32", torch.int64: "I64"}


def main(folder, out):
    case = json.loads((folder / "case.json").read_text())
    tensors = {name: torch.from_numpy(numpy.load(folder / f"{name}.npy")) for name in ("input", "output", "g", "grad_input", "position")
               if (folder / f"{name}.npy").exists()}
    tensors |= {f"weights/{name}": value for name, value in torch.load(folder / "weights.pth").items()}
    tensors |= {f"grads/{name}": value for name, value in torch.load(folder / "grads.pth").items()}
    tolerance = case["tolerance"]
    header = {"__metadata__": {
        "source": "{repository} {file} {class}".format(**case["source"]),
        "arguments": json.dumps(case["arguments"]),
        "output": str(tolerance["suggested_output_atol"]),
        "grad_input": str(tolerance["suggested_grad_input_atol"]),
        "grad_parameters": str(tolerance["suggested_grad_parameters_atol"]),
    }}
    header |= {name: {"dtype": TYPES[value.dtype], "shape": list(value.shape)} for name, value in tensors.items()}
    data = b""
    for name, value in sorted(tensors.items(), key=lambda item: -item[1].element_size()):
        content = value.contiguous().numpy().tobytes()
        header[name]["data_offsets"] = [len(data), len(data) + len(content)]
        data += content
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    out.write_bytes(struct.pack("<Q", len(text)) + text + data)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
