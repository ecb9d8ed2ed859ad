// What the plan's driver and the kernels of Winograd's convolution share.
#pragma once

#include "kernels.h"

namespace seg::plan {

/// A row of neighbouring tiles of 4x4 outputs. With a dilation of d the tiles of rows y, y + d, y + 2d, y + 3d: those of columns x, x + d, … first,
/// `tiles` of them, then as many of columns x + 1, x + 1 + d, … and so on.
struct Strip {
    int32_t y, x, tiles;
    int32_t at;  // its first tile among those at work
};

struct WinogradStep {
    Map source, target, residual;
    bool has_residual, relu;
    int32_t padding_y, padding_x, dilation;
    bool whole;               // every strip fills whole vectors, and there is no dilation
    const Strip* strips;
    const Block* blocks;      // weights: [position of 36][block][channel in][channel of the block]; a block's pointer is that of its first position
    int64_t position_floats;  // of the weights of a position
    int64_t source_channels, target_channels;  // of all groups
    const float* bias;        // of all blocks' channels
};

/// Strips that are worked on together.
struct WinogradBatch {
    Range strips;
    int64_t vectors;  // of tiles
    int64_t ends;     // where its tiles' ends begin
};

/// Memory that strips are worked on in. Inputs and products lie as [vector of tiles][channel][position of 36, and one left free]: what the transforms write
/// and read lies side by side, and what a product reads in one of all channels falls into different sets of the cache.
struct WinogradWork {
    float *inputs, *products;
    int64_t vectors;           // of tiles
    float* rows;               // 6 of each channel of a group
    float* columns;            // likewise, in the order of tiles, where strips do not fill whole vectors
    float* edges;              // of these the two columns behind each strip: [channel of the group][6][2][tile]
    const int32_t* ends;       // −1 where a tile is the last of its strip, else 0
    int64_t row_floats;        // of rows and columns
    const char* zeros;         // as many as a row that is read has lanes
};

constexpr int64_t winograd_positions = 36, winograd_stride = 37;

}  // namespace seg::plan
