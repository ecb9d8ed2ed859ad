// Products of packed weights with panels: rows of float32 that lie close behind each other, one a channel.
#pragma once

#include "lanes.h"

namespace seg::plan {
namespace {

/// Vectors of float32 in rows: [vector][row] or [row][vector], as the strides say.
struct Panel {
    float* data;
    int64_t row_floats, vector_floats;  // from row to row, from vector to vector
};

constexpr int32_t panel_vectors = SEG_VECTOR_BYTES == 64 ? 4 : 2;  // of a tile; times 6 channels they leave room for input and weight

template <int Channels, int Vectors>
void multiply_rows(const Panel& from, int64_t rows, const float* weights, const Panel& to) {
    Lanes sums[Channels][Vectors] = {};
    const float* row = from.data;
    for (int64_t left = rows; left > 0; --left, row += from.row_floats, weights += Channels) {
        Lanes x[Vectors];
#pragma GCC unroll 8
        for (int v = 0; v < Vectors; ++v)
            x[v] = load_vector(row + v * from.vector_floats);
#pragma GCC unroll 8
        for (int c = 0; c < Channels; ++c)
#pragma GCC unroll 8
            for (int v = 0; v < Vectors; ++v)
                sums[c][v] = x[v] * weights[c] + sums[c][v];
    }
#pragma GCC unroll 8
    for (int c = 0; c < Channels; ++c)
#pragma GCC unroll 8
        for (int v = 0; v < Vectors; ++v)
            store_vector(sums[c][v], to.data + c * to.row_floats + v * to.vector_floats);
}

using PanelTile = void (*)(const Panel& from, int64_t rows, const float* weights, const Panel& to);

template <int Channels>
SEG_INLINE PanelTile panel_tile(int64_t vectors) {
    static constexpr PanelTile tiles[] = {multiply_rows<Channels, 1>, multiply_rows<Channels, 2>,
#if SEG_VECTOR_BYTES == 64
                                          multiply_rows<Channels, 3>, multiply_rows<Channels, 4>
#endif
    };
    return tiles[vectors - 1];
}

/// How many vectors of `rows` rows a tile takes, that they stay in the first cache while all blocks of channels go by.
inline int64_t cached_vectors(int64_t rows) {
    constexpr int64_t first_cache_bytes = 24 * 1024;
    const int64_t fitting = first_cache_bytes / (rows * SEG_VECTOR_BYTES);
    return fitting < 1 ? 1 : fitting < panel_vectors ? fitting : panel_vectors;
}

/// to[channel] = Σ over `rows` of weights[row][channel] · from[row], for 2, 4 or 6 channels and at most `panel_vectors` vectors.
inline void multiply_tile(const Panel& from, int64_t rows, int64_t vectors, int32_t channels, const float* weights, const Panel& to) {
    const PanelTile kernel = channels == 6 ? panel_tile<6>(vectors) : channels == 4 ? panel_tile<4>(vectors) : panel_tile<2>(vectors);
    kernel(from, rows, weights, to);
}

}  // namespace
}  // namespace seg::plan
