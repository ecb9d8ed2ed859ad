#!/usr/bin/env python3
"""Makes the small checkpoints that PickleFileTests reads, with PyTorch itself: python3 make_checkpoints.py

Every file of weights holds the same numbers: a 2x3 weight counting from 0 by halves, its transposed view, a slice that shares
its storage, a bfloat16, a half, an int64 scalar, truth values, and an empty tensor. The files of types and of views, and
those that must be refused, say for themselves what they hold.
"""
import collections
import os
import pathlib
import pickle
import struct
import sys

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


TYPES = (torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool)


def types():
    return collections.OrderedDict((str(kind).split(".")[1], torch.tensor([[0, 1, 2], [100, 1, 0]]).to(kind)) for kind in TYPES)


def views():
    """Views of one storage of the numbers 0 to 23."""
    base = torch.arange(24, dtype=torch.float32)
    cube = base.reshape(2, 3, 4)
    return {
        "cube": cube,
        "permuted": cube.permute(2, 0, 1),
        "every_second": cube[:, ::2, 1::2],
        "row": cube[1, 2],
        "scalar": base[7],
        "column": cube[:, :, 3:4],
        "expanded": base[5:6].expand(2, 3),
        "windows": base[:6].unfold(0, 3, 1),
        "none": base[24:],
        "no_rows": cube[:, 3:],
    }


def training():
    parameters = [torch.nn.Parameter(torch.ones(2))]
    optimizer = torch.optim.Adam(parameters)
    parameters[0].sum().backward()
    optimizer.step()
    return {
        "epoch": 3,
        "best_mIoU": numpy.float64(0.75),
        "note": None,
        "classes": {"road", "car"},
        "type": torch.float16,
        "device": torch.device("cpu"),
        "size": torch.ones(2, 3).size(),
        "state_dict": weights("module.model.") | {"module.loss.criterion.weight": torch.ones(3)},
        "optimizer": optimizer.state_dict(),
        "schedule": torch.optim.lr_scheduler.MultiStepLR(optimizer, [1, 2]).state_dict(),
    }


class Part:
    """A tensor of four numbers as PyTorch before 0.4 wrote it: its storage is a part of another, from the second number on."""

    def __init__(self, storage):
        self.storage = storage

    def __reduce__(self):
        return torch._utils._rebuild_tensor, (self.storage, 1, (2, 2), (2, 1))


def save_part(path):
    class Pickler(pickle.Pickler):
        def persistent_id(self, value):
            return ("storage", torch.FloatStorage, "7", "cpu", 8, ("8", 2, 5)) if isinstance(value, str) and value == "storage of 7" else None

    with open(path, "wb") as out:
        pickle.dump(torch.serialization.MAGIC_NUMBER, out, protocol=2)
        pickle.dump(torch.serialization.PROTOCOL_VERSION, out, protocol=2)
        pickle.dump({"protocol_version": 1001, "little_endian": sys.byteorder == "little", "type_sizes": {}}, out, protocol=2)
        Pickler(out, protocol=2).dump(collections.OrderedDict(part=Part("storage of 7")))
        pickle.dump(["7"], out, protocol=2)
        out.write(struct.pack("<q8f", 8, *range(8)))


class RunsCode:
    def __reduce__(self):
        return os.system, ("touch /tmp/pickle-ran",)


def main():
    torch.save(weights(), HERE / "checkpoint_zip.pth")
    torch.save(weights(), HERE / "checkpoint_legacy.pth", _use_new_zipfile_serialization=False)
    torch.save(training(), HERE / "checkpoint_training.pth")
    torch.save({"epoch": 1, "model": {"state_dict": weights("_orig_mod.")}}, HERE / "checkpoint_nested.pth", pickle_protocol=4)
    torch.save(types(), HERE / "checkpoint_types.pth")
    torch.save(types(), HERE / "checkpoint_types_legacy.pth", _use_new_zipfile_serialization=False)
    torch.save(views(), HERE / "checkpoint_views.pth")
    torch.save(views(), HERE / "checkpoint_views_legacy.pth", _use_new_zipfile_serialization=False)
    save_part(HERE / "checkpoint_part.pth")

    # Refused: programs, whole modules, and tensors that are none of plain numbers.
    torch.save({"a.weight": torch.ones(1), "evil": RunsCode()}, HERE / "checkpoint_runs_code.pth")
    torch.save({"epoch": 3}, HERE / "checkpoint_without_weights.pth")
    torch.save(torch.nn.Linear(1, 1), HERE / "checkpoint_module.pth")
    torch.jit.script(torch.nn.Linear(1, 1)).save(HERE / "checkpoint_script.pth")
    torch.save({"a": torch.ones(2, dtype=torch.complex64)}, HERE / "checkpoint_complex.pth")
    torch.save({"a": torch.ones(2, 2).to_sparse()}, HERE / "checkpoint_sparse.pth")
    with open(HERE / "checkpoint_pickle.pth", "wb") as out:
        pickle.dump({"a": [1.0, 2.0]}, out, protocol=2)


if __name__ == "__main__":
    main()
