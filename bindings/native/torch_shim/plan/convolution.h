// Convolution: blocks of output channels times vectors of neighbouring positions, as many as fit the registers, summed over channels and taps.
#pragma once

#include "borders.h"

namespace seg::plan {
namespace {

constexpr int32_t most_vectors = SEG_VECTOR_BYTES == 64 ? 4 : 2;  // of a tile; times 6 channels they leave room for input and weight
constexpr int32_t most_taps = 128;

/// Where a tile reads: from `source`, at the offsets of its taps, in every group.
struct Input {
    const char* source;
    int64_t group_stride, groups;
    const int64_t* taps;
    int64_t tap_count;
    int64_t weights_stride;  // bytes of a group's weights
};

/// Where a tile writes.
struct Output {
    char* target;
    const char* residual;  // null for none
    int64_t target_stride, residual_stride;
    int64_t lanes;          // that are positions; lane_mask is null then
    const int32_t* lane_mask;
    int64_t stored;         // channels of the block that the target has
    bool relu;
};

template <typename Type, int Stride, int Channels, int Vectors>
SEG_INLINE void accumulate(const Input& input, const char* weights, Lanes (&sums)[Channels][Vectors]) {
    for (int64_t group = 0; group < input.groups; ++group) {
        const char* source = input.source + group * input.group_stride;
        const char* weight = weights + group * input.weights_stride;
        for (int64_t tap = 0; tap < input.tap_count; ++tap, weight += Channels * lane_bytes) {
            const char* from = source + input.taps[tap];
            Lanes x[Vectors];
#pragma GCC unroll 8
            for (int v = 0; v < Vectors; ++v)
                x[v] = Stride == 1 ? load_lanes(from + v * SEG_VECTOR_BYTES) : load_every_second(from + 2 * v * SEG_VECTOR_BYTES);
#pragma GCC unroll 8
            for (int c = 0; c < Channels; ++c)
#pragma GCC unroll 8
                for (int v = 0; v < Vectors; ++v)
                    sums[c][v] = Type::multiply_add(x[v], weight + c * lane_bytes, sums[c][v]);
        }
    }
}

template <typename Type, int Channels, int Vectors>
SEG_INLINE void finish(const Output& output, Lanes (&sums)[Channels][Vectors]) {
    constexpr int elements = Type::elements;
#pragma GCC unroll 8
    for (int c = 0; c < Channels; c += elements) {
        if (c >= output.stored)
            break;
#pragma GCC unroll 8
        for (int v = 0; v < Vectors; ++v) {
            const int64_t position = v * SEG_VECTOR_BYTES, group = c / elements;
            Lanes values[elements];
            for (int e = 0; e < elements; ++e)
                values[e] = sums[c + e][v];
            if (output.residual) {
                Lanes added[elements];
                Type::unpack(load_lanes(output.residual + group * output.residual_stride + position), added);
                for (int e = 0; e < elements; ++e)
                    values[e] += added[e];
            }
            if (output.relu)
                for (int e = 0; e < elements; ++e)
                    values[e] = positive(values[e]);
            Lanes packed = Type::pack(values);
            char* to = output.target + group * output.target_stride + position;
            if (output.lane_mask) {
                const Bits mask = bits_of(load_lanes(reinterpret_cast<const char*>(output.lane_mask) + position));
                store_some(lanes_of(bits_of(packed) & mask), to, width);
            } else {
                store_some(packed, to, output.lanes - v * width);
            }
        }
    }
}

template <typename Type, int Stride, int Channels, int Vectors>
void convolve_tile(const Input& input, const Output& output, const char* weights, const float* bias) {
    Lanes sums[Channels][Vectors];
#pragma GCC unroll 8
    for (int c = 0; c < Channels; ++c)
#pragma GCC unroll 8
        for (int v = 0; v < Vectors; ++v)
            sums[c][v] = broadcast(bias[c]);
    accumulate<Type, Stride>(input, weights, sums);
    finish<Type>(output, sums);
}

using Tile = void (*)(const Input&, const Output&, const char* weights, const float* bias);

template <typename Type, int Stride, int Channels>
Tile tile_of(int64_t vectors) {
    static constexpr Tile tiles[] = {convolve_tile<Type, Stride, Channels, 1>, convolve_tile<Type, Stride, Channels, 2>,
#if SEG_VECTOR_BYTES == 64
                                     convolve_tile<Type, Stride, Channels, 3>, convolve_tile<Type, Stride, Channels, 4>
#endif
    };
    return tiles[vectors - 1];
}

template <typename Type>
Tile tile_of(int32_t stride, int32_t channels, int64_t vectors) {
    if (stride == 1)
        return channels == 6 ? tile_of<Type, 1, 6>(vectors) : channels == 4 ? tile_of<Type, 1, 4>(vectors) : tile_of<Type, 1, 2>(vectors);
    return channels == 6 ? tile_of<Type, 2, 6>(vectors) : channels == 4 ? tile_of<Type, 2, 4>(vectors) : tile_of<Type, 2, 2>(vectors);
}

/// Splits a row of vectors into tiles as equal as may be: a tile of one vector waits for its additions.
template <typename Action>
SEG_INLINE void for_each_tile(Range vectors, const Action& action) {
    const int64_t count = vectors.end - vectors.begin, tiles = (count + most_vectors - 1) / most_vectors;
    for (int64_t tile = 0, at = vectors.begin; tile < tiles; ++tile) {
        const int64_t size = (vectors.end - at + tiles - tile - 1) / (tiles - tile);
        action(at, size);
        at += size;
    }
}

template <typename Type>
int64_t stored_channels(const ConvolutionStep& step, const Block& block) {
    const int64_t rounded = groups_of(step.target, Type::elements) * Type::elements;
    return block.size < rounded - block.channel ? block.size : rounded - block.channel;
}

template <typename Type>
Input input_of(const ConvolutionStep& step, const int64_t* taps, const Block& block) {
    const int64_t all_taps = step.kernel_height * step.kernel_width;
    return {nullptr, step.source.group_stride, groups_of(step.source, Type::elements), taps, 0, all_taps * block.size * lane_bytes};
}

template <typename Type>
void convolve_rows(const ConvolutionStep& step, Range rows, Range blocks) {
    const Map &source = step.source, &target = step.target;
    const Range vectors{0, (target.width + width - 1) / width};
    int64_t taps[most_taps];
    for (int64_t b = blocks.begin; b < blocks.end; ++b) {
        const Block& block = step.blocks[b];
        const int64_t group = block.channel / Type::elements, stored = stored_channels<Type>(step, block);
        Input input = input_of<Type>(step, taps, block);
        for (int64_t y = rows.begin; y < rows.end; ++y) {
            int64_t first = -1;
            input.tap_count = 0;
            for (int64_t ky = 0; ky < step.kernel_height; ++ky) {
                const int64_t from = y * step.stride - step.padding_y + ky * step.dilation;
                if (from < 0 || from >= source.height)
                    continue;
                if (first < 0)
                    first = ky;
                for (int64_t kx = 0; kx < step.kernel_width; ++kx)
                    taps[input.tap_count++] = from * source.row_stride + (kx * step.dilation - step.padding_x) * lane_bytes;
            }
            const char* weights = block.weights + (first < 0 ? 0 : first) * step.kernel_width * block.size * lane_bytes;
            for_each_tile(vectors, [&](int64_t at, int64_t size) {
                const int64_t position = at * SEG_VECTOR_BYTES;
                input.source = source.data + position * step.stride;
                const Output output{target.at(group, y) + position, step.has_residual ? step.residual.at(group, y) + position : nullptr,
                                    target.group_stride, step.residual.group_stride, target.width - at * width, nullptr, stored, step.relu};
                tile_of<Type>(step.stride, block.size, size)(input, output, weights, step.bias + block.channel);
            });
            for (int64_t c = 0; c < stored; c += Type::elements)
                clear_border(target, group + c / Type::elements, y);
        }
    }
}

/// All rows as one: the zeros between them are computed, too, and written as zeros.
template <typename Type>
void convolve_flat(const ConvolutionStep& step, Range vectors, Range blocks) {
    const Map &source = step.source, &target = step.target;
    const int64_t all_vectors = (static_cast<int64_t>(target.height) * target.pitch + width - 1) / width;
    int64_t taps[most_taps];
    for (int64_t b = blocks.begin; b < blocks.end; ++b) {
        const Block& block = step.blocks[b];
        const int64_t group = block.channel / Type::elements, stored = stored_channels<Type>(step, block);
        Input input = input_of<Type>(step, taps, block);
        for (int64_t ky = 0; ky < step.kernel_height; ++ky)
            for (int64_t kx = 0; kx < step.kernel_width; ++kx)
                taps[input.tap_count++] = (ky * step.dilation - step.padding_y) * source.row_stride + (kx * step.dilation - step.padding_x) * lane_bytes;
        for_each_tile(vectors, [&](int64_t at, int64_t size) {
            const int64_t position = at * SEG_VECTOR_BYTES;
            input.source = source.data + position;
            const Output output{target.at(group, 0) + position, step.has_residual ? step.residual.at(group, 0) + position : nullptr,
                                target.group_stride, step.residual.group_stride, 0, step.lane_mask + at * width, stored, step.relu};
            tile_of<Type>(1, block.size, size)(input, output, block.weights, step.bias + block.channel);
        });
        for (int64_t c = 0; c < stored; c += Type::elements) {
            if (vectors.begin == 0)
                clear_above(target, group + c / Type::elements);
            if (vectors.end == all_vectors)
                clear_below(target, group + c / Type::elements);
        }
    }
}

}  // namespace
}  // namespace seg::plan
