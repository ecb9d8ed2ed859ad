"""The networks that can be timed, by the names of seg's model configs."""
from hrnet import PoseHRNet, SegmentationHRNet
from spnet import SPNet

NETWORKS = {
    'seg_hrnet_w18s': lambda classes: SegmentationHRNet(classes, width=18, blocks=2, bottlenecks=1, modules=(1, 1, 1)),
    'seg_hrnet_w18': lambda classes: SegmentationHRNet(classes, width=18),
    'seg_hrnet_w48': lambda classes: SegmentationHRNet(classes, width=48),
    'spnet_r50': lambda classes: SPNet(classes),
    'pose_hrnet_w32': lambda classes: PoseHRNet(classes, width=32),
}
