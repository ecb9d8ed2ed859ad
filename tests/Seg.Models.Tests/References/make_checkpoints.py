#!/usr/bin/env python3
"""Makes the small checkpoints that PickleFileTests reads, with PyTorch itself: python3 make_checkpoints.py

Every file of weights holds the same numbers: a 2x3 weight counting from 0 by halves, its transposed view, a slice that shares
its storage, a bfloat16, a half, an int64 scalar, truth values, and an empty tensor.
"""
import collections
import os
import pathlib
import pickle

import numpy
import torch

HERE = pathlib.Path(__file__).parent


def weights(prefix=""):
    base = torch.arange(6, dtype=torch.float32).reshape(2, 3) / 2
    entries = collections.OrderedDict()
    entries[prefix + "a.weight"] = base
    entries[prefix + "a.transposed"] = base.t()
    entries[prefix + "a.slice"] = base[1, 1:]
    entries[prefix + "b.parameter"] = torch.nn.Parameter(torch.tensor([1.5, -2.0]))
    entries[prefix + "b.bfloat16"] = torch.tensor([1.0, 3.140625], dtype=torch.bfloat16)
    entries[prefix + "b.half"] = torch.tensor([0.5, 65504.0], dtype=torch.float16)
    entries[prefix + "b.num_batches_tracked"] = torch.tensor(12345678901)
    entries[prefix + "b.mask"] = torch.tensor([True, False, True])
    entries[prefix + "b.empty"] = torch.empty(0, 4)
    entries._metadata = {"": {"version": 1}}
    return entries


class RunsCode:
    def __reduce__(self):
        return os.system, ("touch /tmp/pickle-ran",)


def main():
    torch.save(weights(), HERE / "checkpoint_zip.pth")
    torch.save(weights(), HERE / "checkpoint_legacy.pth", _use_new_zipfile_serialization=False)
    torch.save({
        "epoch": 3,
        "best_mIoU": numpy.float64(0.75),
        "note": None,
        "state_dict": weights("module.model.") | {"module.loss.criterion.weight": torch.ones(3)},
        "optimizer": {"state": {0: {"momentum_buffer": torch.ones(2)}}, "param_groups": [{"lr": 0.01, "params": [0]}]},
    }, HERE / "checkpoint_training.pth")
    torch.save({"a.weight": torch.ones(1), "evil": RunsCode()}, HERE / "checkpoint_runs_code.pth")
    torch.save({"epoch": 3}, HERE / "checkpoint_without_weights.pth")


if __name__ == "__main__":
    main()
