"""Layers that the networks here have in common."""
from torch import nn


def conv_norm(channels_in, channels_out, kernel, stride=1, dilation=1):
    """A convolution that keeps the extents (at stride 1), and its batch norm; `kernel` is one extent or (height, width)."""
    kernel = (kernel, kernel) if isinstance(kernel, int) else kernel
    padding = tuple(dilation * (extent // 2) for extent in kernel)
    return nn.Conv2d(channels_in, channels_out, kernel, stride, padding, dilation, bias=False), nn.BatchNorm2d(channels_out)
