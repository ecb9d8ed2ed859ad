"""Times a network in PyTorch, as `seg bench` times it in C#: one line of JSON with the median in milliseconds.

    python3 benchmarks/pytorch/time_network.py seg_hrnet_w18s --input 3x512x1024                      # forward, eager, float32
    python3 benchmarks/pytorch/time_network.py seg_hrnet_w18s --input 3x360x480 --batch 8 --train --precision bf16 --channels-last
    python3 benchmarks/pytorch/time_network.py seg_hrnet_w48 --batch 8 --train --precision fp16 --channels-last --device cuda
"""
import argparse
import json
import statistics
import time

import torch
from torch.nn import functional as F

from networks import NETWORKS


def timed(step, warmup, rounds, device):
    def finish():
        if device == 'cuda':
            torch.cuda.synchronize()

    for _ in range(warmup):
        step()
    finish()
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        step()
        finish()
        seconds.append(time.perf_counter() - start)
    return seconds


def segmentation_loss(options, height, width):
    labels = torch.randint(0, options.classes, (options.batch, height, width), device=options.device)

    def loss_of(outputs):
        return sum(
            weight * F.cross_entropy(F.interpolate(output, size=(height, width), mode='bilinear', align_corners=True), labels, ignore_index=255)
            for weight, output in zip((1, 0.4), outputs))
    return loss_of


def heatmap_loss(options, height, width):
    targets = torch.rand(options.batch, options.classes, height // 4, width // 4, device=options.device)
    return lambda outputs: 0.5 * F.mse_loss(outputs[0], targets)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('name', choices=sorted(NETWORKS))
    parser.add_argument('--input', default='3x512x1024')
    parser.add_argument('--batch', type=int, default=1)
    parser.add_argument('--classes', type=int, default=19)
    parser.add_argument('--precision', choices=['fp32', 'bf16', 'fp16'], default='fp32')
    parser.add_argument('--device', choices=['cpu', 'cuda'], default='cpu')
    parser.add_argument('--compile', action='store_true', help='torch.compile')
    parser.add_argument('--channels-last', action='store_true')
    parser.add_argument('--traced', action='store_true', help='trace and freeze (folds batch norm); forward only')
    parser.add_argument('--train', action='store_true')
    parser.add_argument('--threads', type=int, default=0)
    parser.add_argument('--warmup', type=int, default=3)
    parser.add_argument('--rounds', type=int, default=10)
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    # What seg switches on for a GPU, too.
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = torch.backends.cudnn.benchmark = True
    _, height, width = map(int, options.input.split('x'))
    layout = torch.channels_last if options.channels_last else torch.contiguous_format
    images = torch.randn(options.batch, 3, height, width).to(options.device).contiguous(memory_format=layout)
    network = NETWORKS[options.name](options.classes).to(options.device, memory_format=layout)
    autocast = dict(device_type=options.device, dtype=torch.float16 if options.precision == 'fp16' else torch.bfloat16, enabled=options.precision != 'fp32')

    if options.train:
        network.train()
        loss_of = heatmap_loss(options, height, width) if options.name.startswith('pose') else segmentation_loss(options, height, width)
        called = torch.compile(network) if options.compile else network
        scaler = torch.cuda.amp.GradScaler(enabled=options.precision == 'fp16')
        optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, weight_decay=1e-4)

        def step():
            with torch.autocast(**autocast):
                outputs = called(images)
            loss = loss_of([output.float() for output in outputs])
            optimizer.zero_grad()
            scaler.scale(loss).backward()
            scaler.step(optimizer)
            scaler.update()
            loss.item()

        seconds = timed(step, options.warmup, options.rounds, options.device)
    else:
        network.eval()
        with torch.no_grad(), torch.autocast(**autocast):
            if options.traced:
                network = torch.jit.freeze(torch.jit.trace(network, images, strict=False))
            elif options.compile:
                network = torch.compile(network)
            seconds = timed(lambda: network(images), options.warmup, options.rounds, options.device)
    median = statistics.median(seconds)
    print(json.dumps({
        'torch': torch.__version__, 'median_ms': median * 1e3, 'p90_ms': sorted(seconds)[int(0.9 * (len(seconds) - 1))] * 1e3,
        'images_per_second': options.batch / median}))


if __name__ == '__main__':
    main()
