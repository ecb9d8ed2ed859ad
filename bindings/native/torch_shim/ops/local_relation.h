// The local relation layer's kernels (Hu et al., "Local Relation Networks for Image Recognition", arXiv:1904.11491), on plain memory.
// local_relation_kernels.cpp is compiled once for each instruction set; local_relation_cpu.cpp cuts the work into tiles for the threads.
#pragma once

#include <cstdint>

#include "kernels.h"

namespace seg {

/// How a query and a key become a logit, "appearance composability" in the paper: q · k, −(q − k)², −|q − k|. C# repeats these numbers.
enum class Composition : int32_t { Product = 0, SquaredDifference = 1, AbsoluteDifference = 2 };

constexpr int64_t largest_window = 31;

/// What is computed, for each sample: with E groups and e = c mod E,
///   a[e, p, d] = composition(query[e, p], key[e, p + d]) + prior[e, d]    d: offset in the window around p
///   w[e, p, :] = softmax of a[e, p, :]                                    beyond the map keys, queries and values are zero
///   y[c, p]    = Σ over d of w[e, p, d] · value[c, p + d]
struct LocalRelation {
    Composition composition;
    int64_t channels, groups, height, width;  // of the value; key and query have `groups` channels
    int64_t kernel, stride, padding;
    int64_t out_height, out_width;

    int64_t sharing() const { return channels / groups; }
    int64_t window() const { return kernel * kernel; }
    /// Windows before a window that reach into it, along one axis.
    int64_t reach() const { return (kernel - 1) / stride; }
};

/// One sample of a map, in any layout: (c, y, x) stands c · channel + y · row + x · column elements after `data`. Null where there is none.
struct Plane {
    void* data;
    Element element;
    int64_t channel, row, column;
};

/// The part of a sample that one task does: its own output positions and groups. The backward pass owns the padded input positions from the
/// first of its own windows to the first of the next tile's, and looks at all windows that reach into them.
struct Tile {
    int64_t first_row, end_row, first_column, end_column, first_group, end_group;
};

struct LocalRelationInputs {
    Plane value, key, query;
    const void* prior;  // groups × kernel², in the arithmetic's type; null: zeros
};

struct LocalRelationGradients {
    Plane value, key, query;  // data null: not wanted
    void* prior_rows;         // out_height × groups × kernel², one sum for each row of this tile's columns; null: not wanted
};

/// Kernels for one type of arithmetic. `scratch` is aligned to 64 bytes and its content does not matter.
struct LocalRelationKernels {
    int64_t (*scratch_bytes)(const LocalRelation& layer, const Tile& tile, bool backward);
    void (*forward)(const LocalRelation& layer, const Tile& tile, const LocalRelationInputs& in, const Plane& y, void* scratch);
    void (*backward)(const LocalRelation& layer, const Tile& tile, const LocalRelationInputs& in, const Plane& dy,
                     const LocalRelationGradients& out, void* scratch);
};

struct LocalRelationKernelSet {
    LocalRelationKernels on_float, on_double;
};

}  // namespace seg
