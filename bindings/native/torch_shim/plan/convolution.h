// Convolution: blocks of output channels times vectors of neighbouring positions, as many as fit the registers, summed over channels and taps.
#pragma once

#include "borders.h"

namespace seg::plan {
namespace {

/// Vectors of a tile: times its channels they leave room for input and weight.
constexpr int32_t most_vectors(int32_t channels) { return SEG_VECTOR_BYTES != 64 ? 2 : channels > 6 ? 3 : 4; }
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
    const float* residual_factors;  // null: 1
    bool relu, residual_quantized;
};

template <typename Type, int Stride, int Channels, int Vectors>
SEG_INLINE void accumulate(const Input& input, const char* weights, typename Type::Sum (&sums)[Channels][Vectors]) {
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

/// Adds what the residual, of another type than the output perhaps, has in the channels from `channel` to `end` of the block.
template <typename Residual, int Count>
SEG_INLINE void add_scaled(const Output& output, int64_t channel, int64_t end, int64_t position, Lanes (&values)[Count]) {
    Lanes added[Residual::elements];
#pragma GCC unroll 4
    for (int64_t e = 0; e < Count; ++e) {
        const int64_t from = channel + e, element = from % Residual::elements;
        if (from >= end)
            break;
        if (e == 0 || element == 0)
            Residual::unpack(load_lanes(output.residual + from / Residual::elements * output.residual_stride + position), added);
        values[e] = added[element] * output.residual_factors[from] + values[e];
    }
}

template <typename Out, typename Plain>
SEG_INLINE void add_residual(const Output& output, int64_t channel, int64_t end, int64_t position, Lanes (&values)[Out::elements]) {
#if defined(__AVX512VNNI__)
    if (output.residual_factors && output.residual_quantized)
        return add_scaled<UInt8>(output, channel, end, position, values);
    if (output.residual_factors)
        return add_scaled<Plain>(output, channel, end, position, values);
#endif
    if constexpr (!Out::quantized) {
        Lanes added[Out::elements];
        Out::unpack(load_lanes(output.residual + channel / Out::elements * output.residual_stride + position), added);
        for (int e = 0; e < Out::elements; ++e)
            values[e] += added[e];
    }
}

template <typename In, typename Out, typename Plain, int Channels, int Vectors>
SEG_INLINE void finish(const Output& output, typename In::Sum (&sums)[Channels][Vectors], const float* bias, const float* multipliers) {
    constexpr int elements = Out::elements;
#pragma GCC unroll 8
    for (int c = 0; c < Channels; c += elements) {
        if (c >= output.stored)
            break;
#pragma GCC unroll 8
        for (int v = 0; v < Vectors; ++v) {
            const int64_t position = v * SEG_VECTOR_BYTES;
            Lanes values[elements] = {};
#pragma GCC unroll 4
            for (int e = 0; e < elements; ++e)
                if (c + e < Channels)
                    values[e] = In::finish(sums[c + e][v], In::quantized ? multipliers[c + e] : 1.0f, bias[c + e]);
            if (output.residual)
                add_residual<Out, Plain>(output, c, Channels, position, values);
            if (output.relu && !Out::quantized)
                for (int e = 0; e < elements; ++e)
                    values[e] = positive(values[e]);
            const Lanes packed = Out::pack(values);
            char* to = output.target + c / elements * output.target_stride + position;
            if (output.lane_mask) {
                const Bits mask = bits_of(load_lanes(reinterpret_cast<const char*>(output.lane_mask) + position));
                store_some(lanes_of(bits_of(packed) & mask), to, width);
            } else {
                store_some(packed, to, output.lanes - v * width);
            }
        }
    }
}

template <typename In, typename Out, typename Plain, int Stride, int Channels, int Vectors>
void convolve_tile(const Input& input, const Output& output, const char* weights, const float* bias, const float* multipliers) {
    typename In::Sum sums[Channels][Vectors];
#pragma GCC unroll 8
    for (int c = 0; c < Channels; ++c)
#pragma GCC unroll 8
        for (int v = 0; v < Vectors; ++v)
            sums[c][v] = In::start(bias[c]);
    accumulate<In, Stride>(input, weights, sums);
    finish<In, Out, Plain>(output, sums, bias, multipliers);
}

using Tile = void (*)(const Input&, const Output&, const char* weights, const float* bias, const float* multipliers);

template <typename In, typename Out, typename Plain, int Stride, int Channels>
Tile tile_of(int64_t vectors) {
    constexpr int most = most_vectors(Channels);
    static constexpr Tile tiles[] = {convolve_tile<In, Out, Plain, Stride, Channels, 1>, convolve_tile<In, Out, Plain, Stride, Channels, 2>,
                                     convolve_tile<In, Out, Plain, Stride, Channels, most < 3 ? most : 3>,
                                     convolve_tile<In, Out, Plain, Stride, Channels, most < 4 ? most : 4>};
    return tiles[vectors - 1];
}

template <typename In, typename Out, typename Plain, int Stride>
Tile tile_of(int32_t channels, int64_t vectors) {
    constexpr int largest = In::quantized || Out::quantized ? 8 : 6;
    return channels == largest ? tile_of<In, Out, Plain, Stride, largest>(vectors)
           : channels == 4     ? tile_of<In, Out, Plain, Stride, 4>(vectors)
                               : tile_of<In, Out, Plain, Stride, 2>(vectors);
}

template <typename In, typename Out, typename Plain>
Tile tile_of(int32_t stride, int32_t channels, int64_t vectors) {
    return stride == 1 ? tile_of<In, Out, Plain, 1>(channels, vectors) : tile_of<In, Out, Plain, 2>(channels, vectors);
}

/// Splits a row of vectors into tiles as equal as may be: a tile of one vector waits for its additions.
template <typename Action>
SEG_INLINE void for_each_tile(Range vectors, int64_t most, const Action& action) {
    const int64_t count = vectors.end - vectors.begin, tiles = (count + most - 1) / most;
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

/// Where the block's channels begin in the residual, which may be of another type than the target.
inline const char* residual_of(const ConvolutionStep& step, const Block& block, int64_t row, int64_t position) {
    return step.has_residual ? step.residual.at(block.channel / step.residual.elements, row) + position : nullptr;
}

inline const float* factors_of(const ConvolutionStep& step, const Block& block) {
    return step.residual_factors ? step.residual_factors + block.channel : nullptr;
}

template <typename In, typename Out, typename Plain>
void convolve_rows(const ConvolutionStep& step, Range rows, Range blocks) {
    const Map &source = step.source, &target = step.target;
    const Range vectors{0, (target.width + width - 1) / width};
    int64_t taps[most_taps];
    for (int64_t b = blocks.begin; b < blocks.end; ++b) {
        const Block& block = step.blocks[b];
        const int64_t group = block.channel / Out::elements, stored = stored_channels<Out>(step, block);
        Input input = input_of<In>(step, taps, block);
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
            for_each_tile(vectors, most_vectors(block.size), [&](int64_t at, int64_t size) {
                const int64_t position = at * SEG_VECTOR_BYTES;
                input.source = source.data + position * step.stride;
                const Output output{target.at(group, y) + position, residual_of(step, block, y, position), target.group_stride,
                                    step.residual.group_stride, target.width - at * width, nullptr, stored, factors_of(step, block), step.relu,
                                    step.residual.quantized};
                tile_of<In, Out, Plain>(step.stride, block.size, size)(input, output, weights, step.bias + block.channel,
                                                                       step.multipliers + block.channel);
            });
            for (int64_t c = 0; c < stored; c += Out::elements)
                clear_border(target, group + c / Out::elements, y);
        }
    }
}

/// All rows as one: the zeros between them are computed, too, and written as zeros.
template <typename In, typename Out, typename Plain>
void convolve_flat(const ConvolutionStep& step, Range vectors, Range blocks) {
    const Map &source = step.source, &target = step.target;
    const int64_t all_vectors = (static_cast<int64_t>(target.height) * target.pitch + width - 1) / width;
    int64_t taps[most_taps];
    for (int64_t b = blocks.begin; b < blocks.end; ++b) {
        const Block& block = step.blocks[b];
        const int64_t group = block.channel / Out::elements, stored = stored_channels<Out>(step, block);
        Input input = input_of<In>(step, taps, block);
        for (int64_t ky = 0; ky < step.kernel_height; ++ky)
            for (int64_t kx = 0; kx < step.kernel_width; ++kx)
                taps[input.tap_count++] = (ky * step.dilation - step.padding_y) * source.row_stride + (kx * step.dilation - step.padding_x) * lane_bytes;
        for_each_tile(vectors, most_vectors(block.size), [&](int64_t at, int64_t size) {
            const int64_t position = at * SEG_VECTOR_BYTES;
            input.source = source.data + position;
            const Output output{target.at(group, 0) + position, residual_of(step, block, 0, position), target.group_stride,
                                step.residual.group_stride, 0, step.lane_mask + at * width, stored, factors_of(step, block), step.relu,
                                step.residual.quantized};
            tile_of<In, Out, Plain, 1>(block.size, size)(input, output, block.weights, step.bias + block.channel, step.multipliers + block.channel);
        });
        for (int64_t c = 0; c < stored; c += Out::elements) {
            if (vectors.begin == 0)
                clear_above(target, group + c / Out::elements);
            if (vectors.end == all_vectors)
                clear_below(target, group + c / Out::elements);
        }
    }
}

}  // namespace
}  // namespace seg::plan
