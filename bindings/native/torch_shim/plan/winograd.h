// Winograd's convolution of 3x3 by tiles of 4x4 outputs: 36 products of transformed inputs and weights instead of 144.
#pragma once

#include "borders.h"
#include "panels.h"
#include "winograd_step.h"
#include "winograd_transforms.h"

namespace seg::plan {
namespace {

/// The six rows that a row of tiles reads, transformed along y: `count` columns from the strip's first on, of each of a group's channels.
template <typename Type>
void transform_columns(const WinogradStep& step, const WinogradWork& work, const Strip& strip, int64_t group, int64_t count) {
    constexpr int elements = Type::elements;
    const Map& source = step.source;
    const int64_t first_column = strip.x - step.padding_x;
    const char* from[6];
    for (int64_t k = 0; k < 6; ++k) {
        const int64_t row = strip.y - step.padding_y + k * step.dilation;
        from[k] = row < 0 || row >= source.height ? work.zeros : source.at(group, row) + first_column * lane_bytes;
    }
    const int64_t inside = source.width - first_column;
    for (int64_t x = 0; x < count; x += width) {
        Lanes channels[elements][6];
#pragma GCC unroll 8
        for (int k = 0; k < 6; ++k) {
            Lanes unpacked[elements];
            Type::unpack(load_lanes(from[k] + x * lane_bytes), unpacked);
            __builtin_prefetch(from[k] + source.group_stride + x * lane_bytes);  // the next group's, of which the processor knows nothing yet
            for (int e = 0; e < elements; ++e)
                channels[e][k] = unpacked[e];
        }
#pragma GCC unroll 2
        for (int e = 0; e < elements; ++e) {
            transform_input(channels[e]);
#pragma GCC unroll 8
            for (int k = 0; k < 6; ++k)
                store_vector(channels[e][k], work.rows + (e * 6 + k) * work.row_floats + x);
        }
    }
    // What lies behind the zeros of a row is another row's.
    for (int64_t row = 0; row < 6 * elements && inside < count; ++row)
        std::memset(work.rows + row * work.row_floats + inside, 0, static_cast<size_t>(count - inside) * sizeof(float));
}

/// Six rows, transformed along y, become 36 numbers of each of a vector of tiles. `ends` is null where tiles go on beyond the vector.
template <bool Pieces>
SEG_INLINE void transform_tiles(const float* rows, int64_t row_floats, const float* edges, const int32_t* ends, float* to) {
#pragma GCC unroll 8
    for (int k = 0; k < 6; ++k) {
        const float* row = rows + k * row_floats;
        Lanes columns[6];
        split_by_four(row, columns);
        columns[4] = move_down(columns[0], row[4 * width]);
        columns[5] = move_down(columns[1], row[4 * width + 1]);
        if (Pieces) {
            const Bits end = bits_of(load_lanes(reinterpret_cast<const char*>(ends)));
            columns[4] = end ? load_vector(edges + 2 * k * row_floats) : columns[4];
            columns[5] = end ? load_vector(edges + (2 * k + 1) * row_floats) : columns[5];
        }
        transform_input(columns);
#pragma GCC unroll 8
        for (int j = 0; j < 6; ++j)
            store_vector(columns[j], to + (k * 6 + j) * width);
    }
}

/// Brings the columns of a strip to its tiles' places, and the two behind each row of tiles to these tiles' edges; `element` is the channel in its group.
SEG_INLINE void place_strip(const WinogradStep& step, const WinogradWork& work, const Strip& strip, int64_t element) {
    const int64_t d = step.dilation, count = 4 * strip.tiles;
    const float* rows = work.rows + element * 6 * work.row_floats;
    float* columns = work.columns + element * 6 * work.row_floats;
    float* edges = work.edges + element * 12 * work.row_floats;
    for (int64_t phase = 0; phase < d; ++phase) {
        const int64_t at = strip.at + phase * strip.tiles, last = at + strip.tiles - 1;
        for (int64_t k = 0; k < 6; ++k) {
            const float* from = rows + k * work.row_floats + phase;
            float* to = columns + k * work.row_floats + 4 * at;
            if (d == 1)
                std::memcpy(to, from, static_cast<size_t>(count) * sizeof(float));
            else
                for (int64_t x = 0; x < count; ++x)
                    to[x] = from[d * x];
            edges[2 * k * work.row_floats + last] = from[d * count];
            edges[(2 * k + 1) * work.row_floats + last] = from[d * (count + 1)];
        }
    }
}

SEG_INLINE float* inputs_of(const WinogradStep& step, const WinogradWork& work, int64_t channel, int64_t vector) {
    return work.inputs + (vector * step.source_channels + channel) * winograd_stride * width;
}

SEG_INLINE float* products_of(const WinogradStep& step, const WinogradWork& work, int64_t channel, int64_t vector) {
    return work.products + (vector * step.target_channels + channel) * winograd_stride * width;
}

template <typename Type>
void transform_whole_strips(const WinogradStep& step, const WinogradWork& work, Range strips, int64_t group) {
    for (int64_t s = strips.begin; s < strips.end; ++s) {
        const Strip& strip = step.strips[s];
        transform_columns<Type>(step, work, strip, group, 4 * strip.tiles + 2);
        for (int e = 0; e < Type::elements; ++e)
            for (int64_t tile = 0; tile < strip.tiles; tile += width)
                transform_tiles<false>(work.rows + e * 6 * work.row_floats + 4 * tile, work.row_floats, nullptr, nullptr,
                                       inputs_of(step, work, group * Type::elements + e, (strip.at + tile) / width));
    }
}

template <typename Type>
void transform_pieces(const WinogradStep& step, const WinogradWork& work, Range strips, int64_t group) {
    const int64_t d = step.dilation;
    for (int64_t s = strips.begin; s < strips.end; ++s) {
        transform_columns<Type>(step, work, step.strips[s], group, 4 * d * step.strips[s].tiles + 2 * d);
        for (int e = 0; e < Type::elements; ++e)
            place_strip(step, work, step.strips[s], e);
    }
    for (int e = 0; e < Type::elements; ++e)
        for (int64_t v = 0; v < work.vectors; ++v)
            transform_tiles<true>(work.columns + e * 6 * work.row_floats + 4 * v * width, work.row_floats, work.edges + e * 12 * work.row_floats + v * width,
                                  work.ends + v * width, inputs_of(step, work, group * Type::elements + e, v));
}

/// The strips' tiles, transformed, of the groups of channels.
template <typename Type>
void winograd_inputs(const WinogradStep& step, const WinogradWork& work, Range strips, Range groups) {
    for (int64_t group = groups.begin; group < groups.end; ++group)
        if (step.whole)
            transform_whole_strips<Type>(step, work, strips, group);
        else
            transform_pieces<Type>(step, work, strips, group);
}

/// products[position] = weights[position] · inputs[position], each a matrix.
inline void winograd_products(const WinogradStep& step, const WinogradWork& work, Range positions, Range blocks) {
    constexpr int64_t row_floats = winograd_stride * width;
    const int64_t most = cached_vectors(step.source_channels), tiles = (work.vectors + most - 1) / most;
    for (int64_t position = positions.begin; position < positions.end; ++position)
        for (int64_t tile = 0, at = 0; tile < tiles; ++tile) {
            const int64_t size = (work.vectors - at + tiles - tile - 1) / (tiles - tile);
            const Panel inputs{inputs_of(step, work, 0, at) + position * width, row_floats, step.source_channels * row_floats};
            for (int64_t b = blocks.begin; b < blocks.end; ++b) {
                const Block& block = step.blocks[b];
                multiply_tile(inputs, step.source_channels, size, block.size, reinterpret_cast<const float*>(block.weights) + position * step.position_floats,
                              {products_of(step, work, block.channel, at) + position * width, row_floats, step.target_channels * row_floats});
            }
            at += size;
        }
}

/// Adds bias and residual to lanes of a group's channels from column `x` on, and writes those that exist.
template <typename Type>
SEG_INLINE void finish_lanes(const WinogradStep& step, int64_t group, int64_t y, int64_t x, int64_t count, Lanes (&values)[Type::elements]) {
    constexpr int elements = Type::elements;
#pragma GCC unroll 2
    for (int e = 0; e < elements; ++e)
        values[e] += step.bias[group * elements + e];
    if (step.has_residual) {
        Lanes added[elements];
        Type::unpack(load_lanes(step.residual.at(group, y) + x * lane_bytes), added);
        for (int e = 0; e < elements; ++e)
            values[e] += added[e];
    }
    if (step.relu)
        for (int e = 0; e < elements; ++e)
            values[e] = positive(values[e]);
    store_some(Type::pack(values), step.target.at(group, y) + x * lane_bytes, count);
}

SEG_INLINE void prefetch_output(const WinogradStep& step, int64_t group, int64_t y, int64_t x) {
    __builtin_prefetch(step.target.at(group, y) + x * lane_bytes, 1);
    if (step.has_residual)
        __builtin_prefetch(step.residual.at(group, y) + x * lane_bytes);
}

/// 4x4 outputs of each of a vector's tiles, of one channel: outputs[row][vector of neighbouring columns].
SEG_INLINE void transform_back(const float* product, Lanes (&outputs)[4][4]) {
    Lanes half[4][6];
#pragma GCC unroll 8
    for (int j = 0; j < 6; ++j) {
        Lanes values[6];
#pragma GCC unroll 8
        for (int k = 0; k < 6; ++k)
            values[k] = load_vector(product + (k * 6 + j) * width);
        Lanes column[4];
        transform_output(values, column);
#pragma GCC unroll 4
        for (int row = 0; row < 4; ++row)
            half[row][j] = column[row];
    }
#pragma GCC unroll 4
    for (int row = 0; row < 4; ++row) {
        transform_output(half[row], outputs[row]);
        join_by_four(outputs[row]);
    }
}

template <typename Type>
SEG_INLINE void write_whole_strip(const WinogradStep& step, const WinogradWork& work, const Strip& strip, int64_t group) {
    constexpr int elements = Type::elements;
    const int64_t left = step.target.width - strip.x, count = left < 4 * strip.tiles ? left : 4 * strip.tiles;
    const int64_t below = step.target.height - strip.y, rows = below < 4 ? below : 4;
    for (int64_t tile = 0; tile < strip.tiles; tile += width) {
        Lanes outputs[elements][4][4];
        for (int e = 0; e < elements; ++e)
            transform_back(products_of(step, work, group * elements + e, (strip.at + tile) / width), outputs[e]);
        for (int64_t row = 0; row < rows; ++row)
            for (int64_t part = 0; part < 4; ++part) {
                const int64_t x = 4 * tile + part * width;
                if (x >= count)
                    break;
                prefetch_output(step, group + 1, strip.y + row, strip.x + x);
                Lanes values[elements];
                for (int e = 0; e < elements; ++e)
                    values[e] = outputs[e][row][part];
                finish_lanes<Type>(step, group, strip.y + row, strip.x + x, count - x, values);
            }
    }
}

/// The rows of a strip, of which `work.columns` holds 4 in the order of tiles, for each channel of the group 6 rows apart.
template <typename Type>
SEG_INLINE void write_pieces_of(const WinogradStep& step, const WinogradWork& work, const Strip& strip, int64_t group) {
    constexpr int elements = Type::elements;
    const int64_t d = step.dilation;
    for (int64_t row = 0; row < 4 && strip.y + row * d < step.target.height; ++row) {
        const float* from[elements];
        for (int e = 0; e < elements; ++e) {
            const float* columns = work.columns + (e * 6 + row) * work.row_floats + 4 * strip.at;
            from[e] = columns;
            if (d == 1)
                continue;
            float* together = work.rows + e * work.row_floats;
            for (int64_t phase = 0; phase < d; ++phase)
                for (int64_t x = 0; x < 4 * strip.tiles; ++x)
                    together[phase + d * x] = columns[phase * 4 * strip.tiles + x];
            from[e] = together;
        }
        const int64_t left = step.target.width - strip.x, all = 4 * d * strip.tiles, count = left < all ? left : all;
        for (int64_t x = 0; x < count; x += width) {
            Lanes values[elements];
            for (int e = 0; e < elements; ++e)
                values[e] = load_vector(from[e] + x);
            finish_lanes<Type>(step, group, strip.y + row * d, strip.x + x, count - x, values);
        }
    }
}

template <typename Type>
SEG_INLINE void write_pieces(const WinogradStep& step, const WinogradWork& work, Range strips, int64_t group) {
    for (int64_t e = 0; e < Type::elements; ++e)
        for (int64_t v = 0; v < work.vectors; ++v) {
            Lanes outputs[4][4];
            transform_back(products_of(step, work, group * Type::elements + e, v), outputs);
            for (int64_t row = 0; row < 4; ++row)
                for (int64_t part = 0; part < 4; ++part)
                    store_vector(outputs[row][part], work.columns + (e * 6 + row) * work.row_floats + (4 * v + part) * width);
        }
    for (int64_t s = strips.begin; s < strips.end; ++s)
        write_pieces_of<Type>(step, work, step.strips[s], group);
}

/// Brings the strips' products back and writes their rows.
template <typename Type>
void winograd_outputs(const WinogradStep& step, const WinogradWork& work, Range strips, Range groups) {
    for (int64_t group = groups.begin; group < groups.end; ++group) {
        if (!step.whole)
            write_pieces<Type>(step, work, strips, group);
        for (int64_t s = strips.begin; s < strips.end; ++s) {
            const Strip& strip = step.strips[s];
            if (step.whole)
                write_whole_strip<Type>(step, work, strip, group);
            if (strip.x + 4 * step.dilation * strip.tiles < step.target.width)
                continue;
            for (int64_t row = 0; row < 4 && strip.y + row * step.dilation < step.target.height; ++row)
                clear_border(step.target, group, strip.y + row * step.dilation);
        }
    }
}

}  // namespace
}  // namespace seg::plan
