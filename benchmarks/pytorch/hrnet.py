"""HRNet for segmentation (Wang et al., arXiv:1908.07919) and pose (Sun et al., arXiv:1902.09212) in plain PyTorch, to measure against.

The modules are those of the authors' networks in the authors' order, so that the state dicts have the official keys.
"""
import torch
from torch import nn
from torch.nn import functional as F

from layers import conv_norm


def shortcut(channels_in, channels_out):
    return None if channels_in == channels_out else nn.Sequential(*conv_norm(channels_in, channels_out, 1))


class Basic(nn.Module):
    def __init__(self, channels_in, channels):
        super().__init__()
        self.conv1, self.bn1 = conv_norm(channels_in, channels, 3)
        self.conv2, self.bn2 = conv_norm(channels, channels, 3)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = shortcut(channels_in, channels)

    def forward(self, x):
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        y += x if self.downsample is None else self.downsample(x)
        return self.relu(y)


class Bottleneck(nn.Module):
    def __init__(self, channels_in, planes):
        super().__init__()
        self.conv1, self.bn1 = conv_norm(channels_in, planes, 1)
        self.conv2, self.bn2 = conv_norm(planes, planes, 3)
        self.conv3, self.bn3 = conv_norm(planes, planes * 4, 1)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = shortcut(channels_in, planes * 4)

    def forward(self, x):
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        y += x if self.downsample is None else self.downsample(x)
        return self.relu(y)


def enlarge(x, like, mode):
    return F.interpolate(x, size=like.shape[-2:], mode=mode, align_corners=True if mode == 'bilinear' else None)


class Stage(nn.Module):
    """One HRNet module: branches of basic blocks, then a fusion of all into each, or into the first alone."""

    def __init__(self, widths, blocks, mode, fuse_all=True):
        super().__init__()
        self.mode = mode
        self.branches = nn.ModuleList(nn.Sequential(*(Basic(w, w) for _ in range(blocks))) for w in widths)
        self.fuse_layers = nn.ModuleList(
            nn.ModuleList(self.path(widths, j, i) for j in range(len(widths)))
            for i in range(len(widths) if fuse_all else 1))
        self.relu = nn.ReLU(inplace=True)

    @staticmethod
    def path(widths, source, target):
        if source == target:
            return None
        if source > target:
            return nn.Sequential(*conv_norm(widths[source], widths[target], 1))
        steps = []
        for k in range(target - source):
            last = k == target - source - 1
            conv, norm = conv_norm(widths[source], widths[target] if last else widths[source], 3, 2)
            steps.append(nn.Sequential(conv, norm) if last else nn.Sequential(conv, norm, nn.ReLU(inplace=True)))
        return nn.Sequential(*steps)

    def forward(self, maps):
        maps = [branch(x) for branch, x in zip(self.branches, maps)]
        fused = []
        for i, paths in enumerate(self.fuse_layers):
            y = None
            for j, path in enumerate(paths):
                z = maps[j] if path is None else path(maps[j])
                if j > i:
                    z = enlarge(z, maps[i], self.mode)
                y = z if y is None else y + z
            fused.append(self.relu(y))
        return fused


class Trunk(nn.Module):
    """Everything but the head. Width, blocks a branch, bottlenecks and modules of stages 2 to 4 are the full-size networks' unless given."""

    def __init__(self, width, mode, blocks=4, bottlenecks=4, modules=(1, 4, 3), planes=64, fuse_all_at_end=True):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 64, 3, 2, 1, bias=False), nn.BatchNorm2d(64)
        self.conv2, self.bn2 = nn.Conv2d(64, 64, 3, 2, 1, bias=False), nn.BatchNorm2d(64)
        self.relu = nn.ReLU(inplace=True)
        self.layer1 = nn.Sequential(*(Bottleneck(64 if i == 0 else planes * 4, planes) for i in range(bottlenecks)))
        before = [planes * 4]
        for stage, count in zip((2, 3, 4), modules):
            widths = [width * 2 ** i for i in range(stage)]
            setattr(self, f'transition{stage - 1}', self.transition(before, widths))
            setattr(self, f'stage{stage}', nn.Sequential(*(
                Stage(widths, blocks, mode, fuse_all=fuse_all_at_end or stage < 4 or i < count - 1) for i in range(count))))
            before = widths
        self.widths = before

    @staticmethod
    def transition(before, widths):
        paths = []
        for i, w in enumerate(widths):
            if i < len(before):
                paths.append(None if before[i] == w else nn.Sequential(*conv_norm(before[i], w, 3), nn.ReLU(inplace=True)))
            else:
                conv, norm = conv_norm(before[-1], w, 3, 2)
                paths.append(nn.Sequential(nn.Sequential(conv, norm, nn.ReLU(inplace=True))))
        return nn.ModuleList(paths)

    def maps(self, x):
        x = self.relu(self.bn1(self.conv1(x)))
        x = self.relu(self.bn2(self.conv2(x)))
        maps = [self.layer1(x)]
        for stage in (2, 3, 4):
            paths = getattr(self, f'transition{stage - 1}')
            maps = [
                (maps[i] if path is None else path(maps[i])) if i < len(maps) else path(maps[-1])
                for i, path in enumerate(paths)]
            maps = getattr(self, f'stage{stage}')(maps)
        return maps


class SegmentationHRNet(Trunk):
    def __init__(self, classes=19, **sizes):
        super().__init__(mode='bilinear', **sizes)
        total = sum(self.widths)
        self.last_layer = nn.Sequential(
            nn.Conv2d(total, total, 1), nn.BatchNorm2d(total), nn.ReLU(inplace=True), nn.Conv2d(total, classes, 1))

    def forward(self, x):
        maps = self.maps(x)
        return [self.last_layer(torch.cat(maps[:1] + [enlarge(m, maps[0], 'bilinear') for m in maps[1:]], 1))]


class PoseHRNet(Trunk):
    def __init__(self, classes=17, **sizes):
        super().__init__(mode='nearest', fuse_all_at_end=False, **sizes)
        self.final_layer = nn.Conv2d(self.widths[0], classes, 1)

    def forward(self, x):
        return [self.final_layer(self.maps(x)[0])]
