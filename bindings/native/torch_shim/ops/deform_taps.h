// What the operator seg::deform_taps and its kernels share.
#pragma once

#include "kernels.h"

namespace seg {

constexpr int64_t deform_extent = 3, deform_taps = deform_extent * deform_extent;

/// One sample's map, channels innermost, and how far apart the taps lie that are not moved.
struct DeformMap {
    const void* x;  // height × width × channels
    int64_t channels, height, width, dilation;
};

/// Kernels for one element type of the map; offsets are float32, for each position 9 times (down, right).
struct DeformKernels {
    /// taps = what the 9 taps of each position of row y read: width × 9 × channels.
    void (*read_row)(const DeformMap& map, const float* offsets, int64_t y, void* taps);

    /// From the gradient of read_row's result: adds to the map's (float32) and writes that of the row's offsets.
    void (*backward_row)(const DeformMap& map, const float* offsets, int64_t y, const void* d_taps, float* d_x, float* d_offsets);
};

struct DeformKernelSet {
    DeformKernels by_element[2];

    const DeformKernels& of(Element element) const { return by_element[static_cast<int>(element)]; }
};

}  // namespace seg
