"""SPNet (Hou et al., arXiv:2003.13328) on a dilated ResNet in plain PyTorch, to measure against.

The modules are those of the authors' network in the authors' order, so that the state dict has the official keys.
"""
import torch
from torch import nn
from torch.nn import functional as F

from layers import conv_norm


def relu():
    return nn.ReLU(inplace=True)


class StripGate(nn.Module):
    """The strip pooling module."""

    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, (3, 1), padding=(1, 0), bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, (1, 3), padding=(0, 1), bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.conv3 = nn.Conv2d(channels, channels, 1)

    def forward(self, x):
        tall = self.bn1(self.conv1(x.mean(3, keepdim=True)))
        wide = self.bn2(self.conv2(x.mean(2, keepdim=True)))
        return torch.sigmoid(self.conv3(F.relu(tall + wide)))


class Bottleneck(nn.Module):
    def __init__(self, channels_in, planes, stride, dilation, gated):
        super().__init__()
        self.conv1, self.bn1 = conv_norm(channels_in, planes, 1)
        self.conv2, self.bn2 = conv_norm(planes, planes, 3, stride, dilation)
        self.conv3, self.bn3 = conv_norm(planes, planes * 4, 1)
        self.relu = relu()
        projected = stride != 1 or channels_in != planes * 4
        self.downsample = nn.Sequential(*conv_norm(channels_in, planes * 4, 1, stride)) if projected else None
        self.spm = StripGate(planes) if gated else None

    def forward(self, x):
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.relu(self.bn2(self.conv2(y)))
        if self.spm is not None:
            y = y * self.spm(y)
        y = self.bn3(self.conv3(y))
        y += x if self.downsample is None else self.downsample(x)
        return self.relu(y)


class MixedPooling(nn.Module):
    def __init__(self, channels, sizes=(20, 12)):
        super().__init__()
        inner = channels // 4
        self.sizes = sizes
        self.conv1_1 = nn.Sequential(*conv_norm(channels, inner, 1), relu())
        self.conv1_2 = nn.Sequential(*conv_norm(channels, inner, 1), relu())
        for index, kernel in enumerate((3, 3, 3, (1, 3), (3, 1))):
            setattr(self, f'conv2_{index}', nn.Sequential(*conv_norm(inner, inner, kernel)))
        self.conv2_5 = nn.Sequential(*conv_norm(inner, inner, 3), relu())
        self.conv2_6 = nn.Sequential(*conv_norm(inner, inner, 3), relu())
        self.conv3 = nn.Sequential(*conv_norm(inner * 2, channels, 1))

    def forward(self, x):
        def enlarged(y):
            return F.interpolate(y, size=x.shape[-2:], mode='bilinear', align_corners=True)

        a, b = self.conv1_1(x), self.conv1_2(x)
        grids = self.conv2_0(a)
        for conv, size in zip((self.conv2_1, self.conv2_2), self.sizes):
            grids = grids + enlarged(conv(F.adaptive_avg_pool2d(a, size)))
        strips = enlarged(self.conv2_3(F.adaptive_avg_pool2d(b, (1, None)))) + enlarged(self.conv2_4(F.adaptive_avg_pool2d(b, (None, 1))))
        mixed = self.conv3(torch.cat([self.conv2_5(F.relu(grids)), self.conv2_6(F.relu(strips))], 1))
        return F.relu(x + mixed)


class SPHead(nn.Module):
    def __init__(self, channels, classes):
        super().__init__()
        inner = channels // 2
        self.trans_layer = nn.Sequential(*conv_norm(channels, inner, 1), relu())
        self.strip_pool1, self.strip_pool2 = MixedPooling(inner), MixedPooling(inner)
        self.score_layer = nn.Sequential(
            *conv_norm(inner, inner // 2, 3), relu(), nn.Dropout2d(0.1, False), nn.Conv2d(inner // 2, classes, 1))

    def forward(self, x):
        return self.score_layer(self.strip_pool2(self.strip_pool1(self.trans_layer(x))))


class FCNHead(nn.Module):
    def __init__(self, channels, classes):
        super().__init__()
        self.conv5 = nn.Sequential(
            *conv_norm(channels, channels // 4, 3), relu(), nn.Dropout2d(0.1, False), nn.Conv2d(channels // 4, classes, 1))

    def forward(self, x):
        return self.conv5(x)


class DilatedResNet(nn.Module):
    """Strides 4, 8, 8 and 8; strip pooling gates in the last block of layers 1 to 3 and in all of layer 4."""

    def __init__(self, counts):
        super().__init__()
        self.conv1 = nn.Sequential(*conv_norm(3, 64, 3, 2), relu(), *conv_norm(64, 64, 3), relu(), nn.Conv2d(64, 128, 3, 1, 1, bias=False))
        self.bn1, self.relu, self.maxpool = nn.BatchNorm2d(128), relu(), nn.MaxPool2d(3, 2, 1)
        channels = 128
        for index, (count, planes, stride) in enumerate(zip(counts, (64, 128, 256, 512), (1, 2, 1, 1))):
            blocks = []
            for i in range(count):
                dilation = (1, 1, 1 if i == 0 else 2, (4, 8, 16)[i % 3])[index]
                blocks.append(Bottleneck(channels, planes, stride if i == 0 else 1, dilation, gated=index == 3 or i == count - 1))
                channels = planes * 4
            setattr(self, f'layer{index + 1}', nn.Sequential(*blocks))

    def forward(self, x):
        x = self.layer2(self.layer1(self.maxpool(self.relu(self.bn1(self.conv1(x))))))
        third = self.layer3(x)
        return third, self.layer4(third)


class SPNet(nn.Module):
    """Returns the main output, while training the auxiliary one as well."""

    def __init__(self, classes=19, counts=(3, 4, 6, 3)):
        super().__init__()
        self.pretrained = DilatedResNet(counts)
        self.head = SPHead(2048, classes)
        self.auxlayer = FCNHead(1024, classes)

    def forward(self, x):
        third, fourth = self.pretrained(x)
        return [self.head(fourth), self.auxlayer(third)] if self.training else [self.head(fourth)]
