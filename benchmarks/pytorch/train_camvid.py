"""Trains a network on CamVid in PyTorch with its own data loading, as `seg train configs/camvid/NAME.yaml` does: one line of JSON with images/s.

    python3 benchmarks/pytorch/train_camvid.py seg_hrnet_w18s --data DIR --precision bf16 --seconds 60

Reading, scaling by 0.5 to 2, padding, cropping to 360x480 and flipping run in worker processes; batches of 4; AdamW.
"""
import argparse
import json
import pathlib
import random
import time

import numpy
import torch
from PIL import Image
from torch.nn import functional as F

from networks import NETWORKS

MEAN = numpy.array([0.485, 0.456, 0.406], numpy.float32)
DEVIATION = numpy.array([0.229, 0.224, 0.225], numpy.float32)
HEIGHT, WIDTH, CLASSES, IGNORED = 360, 480, 11, 255


class CamVid(torch.utils.data.Dataset):
    def __init__(self, root):
        self.images = sorted(pathlib.Path(root, 'images/train').iterdir())
        self.labels = sorted(pathlib.Path(root, 'labels/train').iterdir())

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        image, labels = Image.open(self.images[index]).convert('RGB'), Image.open(self.labels[index])
        scale = random.uniform(0.5, 2)
        size = (round(image.width * scale), round(image.height * scale))
        pixels = (numpy.asarray(image.resize(size, Image.BILINEAR), numpy.float32) / 255 - MEAN) / DEVIATION
        classes = numpy.asarray(labels.resize(size, Image.NEAREST)).astype(numpy.int64)
        below, beside = max(HEIGHT - size[1], 0), max(WIDTH - size[0], 0)
        pixels = numpy.pad(pixels, ((0, below), (0, beside), (0, 0)))
        classes = numpy.pad(classes, ((0, below), (0, beside)), constant_values=IGNORED)
        top, left = random.randint(0, classes.shape[0] - HEIGHT), random.randint(0, classes.shape[1] - WIDTH)
        pixels, classes = pixels[top:top + HEIGHT, left:left + WIDTH], classes[top:top + HEIGHT, left:left + WIDTH]
        if random.random() < 0.5:
            pixels, classes = pixels[:, ::-1], classes[:, ::-1]
        classes = numpy.where(classes < CLASSES, classes, IGNORED)
        return torch.from_numpy(numpy.ascontiguousarray(pixels.transpose(2, 0, 1))), torch.from_numpy(numpy.ascontiguousarray(classes))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('name', choices=sorted(NETWORKS))
    parser.add_argument('--data', required=True)
    parser.add_argument('--precision', choices=['fp32', 'bf16'], default='fp32')
    parser.add_argument('--channels-last', action='store_true')
    parser.add_argument('--threads', type=int, default=0)
    parser.add_argument('--workers', type=int, default=1)
    parser.add_argument('--seconds', type=float, default=60)
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    layout = torch.channels_last if options.channels_last else torch.contiguous_format
    network = NETWORKS[options.name](CLASSES).to(memory_format=layout).train()
    optimizer = torch.optim.AdamW(network.parameters(), lr=0.002, weight_decay=0.05)
    loader = torch.utils.data.DataLoader(
        CamVid(options.data), batch_size=4, shuffle=True, drop_last=True, num_workers=options.workers, persistent_workers=True)
    print(json.dumps(measure(network, optimizer, loader, layout, options)))


def measure(network, optimizer, loader, layout, options):
    """Steps for the time given; those of the first tenth of it are not counted."""
    start, counted, waited, since = time.perf_counter(), 0, 0.0, None
    while True:
        asked = time.perf_counter()
        for images, labels in loader:
            got = time.perf_counter()
            with torch.autocast('cpu', torch.bfloat16, enabled=options.precision == 'bf16'):
                output = network(images.contiguous(memory_format=layout))[0]
            loss = F.cross_entropy(
                F.interpolate(output.float(), size=(HEIGHT, WIDTH), mode='bilinear', align_corners=True), labels, ignore_index=IGNORED)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            loss.item()
            now = time.perf_counter()
            if since is None:
                since = now if now - start > options.seconds / 10 else None
            else:
                counted, waited = counted + len(images), waited + got - asked
            if now - start > options.seconds:
                return {'torch': torch.__version__, 'images_per_second': counted / (now - since), 'data_wait': waited / (now - since)}
            asked = time.perf_counter()


if __name__ == '__main__':
    main()
