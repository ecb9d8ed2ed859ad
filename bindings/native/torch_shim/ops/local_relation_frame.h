// The buffers of one tile of a local relation layer: a ring of rows of values and keys, rows of windows, and what else the kernels keep.
#pragma once

#include "local_relation_rows.h"

namespace seg {
namespace {

constexpr double log2_of_e = 1.44269504088896340736;

int64_t rounded_up(int64_t count, int64_t multiple) { return (count + multiple - 1) / multiple * multiple; }

// Sizes of one tile's buffers, in numbers of Real, and where things stand in them.
template <typename Real>
struct Frame {
    const LocalRelation& layer;
    const Tile& tile;
    int64_t first_row, first_column;  // of the windows to look at
    int64_t groups, sharing, columns, phases;
    int64_t columns_padded;   // windows of a row, whole vectors
    int64_t phase, channel;   // values of one phase of one channel of a ring's row, and of all phases
    int64_t slot;             // values of one row of the ring: for each group its values' channels, then its key
    int64_t margin, out_row;  // a row of windows with zeros on both sides, so that it can be read at a shift
    int64_t shift[largest_window];  // where, in a channel of the ring, the window's column dx stands

    Frame(const LocalRelation& layer, const Tile& tile, bool backward)
        : layer(layer),
          tile(tile),
          first_row(backward ? std::max<int64_t>(0, tile.first_row - layer.reach()) : tile.first_row),
          first_column(backward ? std::max<int64_t>(0, tile.first_column - layer.reach()) : tile.first_column),
          groups(tile.end_group - tile.first_group),
          sharing(layer.sharing()),
          columns(tile.end_column - first_column),
          phases(std::min(layer.stride, layer.kernel)),
          columns_padded(rounded_up(columns, lanes<Real>)),
          phase(rounded_up(columns_padded + layer.reach(), lanes<Real>)),
          channel(phases * phase),
          slot(groups * (sharing + 1) * channel),
          margin(rounded_up(layer.reach(), lanes<Real>)),
          out_row(margin + phase) {
        for (int64_t dx = 0; dx < layer.kernel; ++dx)
            shift[dx] = dx % layer.stride * phase + dx / layer.stride;
    }

    int64_t ring() const { return layer.kernel * slot; }
    // Where a row of the padded map stands in the ring.
    int64_t of_row(int64_t padded_row) const { return padded_row % layer.kernel * slot; }
    // Where a group's channels stand in a row of the ring; its key is the one after its values.
    int64_t of_group(int64_t group) const { return group * (sharing + 1) * channel; }

    Channels value_channels() const { return {tile.first_group, groups, 1, (sharing + 1) * channel, sharing, layer.groups, channel}; }
    Channels key_channels() const { return {tile.first_group, groups, 1, (sharing + 1) * channel, 1, 0, 0}; }
    Channels query_channels() const { return {tile.first_group, groups, 1, out_row, 1, 0, 0}; }
    Channels out_channels() const { return {tile.first_group, groups, 1, sharing * out_row, sharing, layer.groups, out_row}; }

    // The map's columns of one phase, and those at the windows' centres.
    Columns phase_columns(int64_t p, int64_t count) const { return {first_column * layer.stride + p - layer.padding, layer.stride, count}; }
    Columns query_columns() const { return phase_columns(layer.kernel / 2, columns); }
    int64_t query_row(int64_t row) const { return row * layer.stride + layer.kernel / 2 - layer.padding; }
};

// Gives out parts of the scratch memory, each aligned to 64 bytes.
template <typename Real>
struct Scratch {
    char* next;

    Real* take(int64_t count) {
        Real* part = reinterpret_cast<Real*>(next);
        next += rounded_up(count * static_cast<int64_t>(sizeof(Real)), 64);
        return part;
    }
};

template <typename Real>
struct ForwardBuffers {
    Real *ring, *prior, *query, *weights, *out;
    const char* end;

    ForwardBuffers(const Frame<Real>& frame, void* memory) {
        Scratch<Real> scratch{static_cast<char*>(memory)};
        ring = scratch.take(frame.ring());
        prior = scratch.take(frame.groups * frame.layer.window());
        query = scratch.take(frame.groups * frame.out_row);
        weights = scratch.take(frame.layer.window() * lanes<Real>);
        out = scratch.take(frame.groups * frame.sharing * frame.out_row);
        end = scratch.next;
    }
};

template <typename Real>
struct BackwardBuffers {
    Real *ring, *sums, *prior, *query, *dy, *weights, *slopes, *d_query;
    const char* end;

    BackwardBuffers(const Frame<Real>& frame, void* memory) {
        Scratch<Real> scratch{static_cast<char*>(memory)};
        ring = scratch.take(frame.ring());
        sums = scratch.take(frame.ring());
        prior = scratch.take(frame.groups * frame.layer.window());
        query = scratch.take(frame.groups * frame.out_row);
        dy = scratch.take(frame.groups * frame.sharing * frame.out_row);
        weights = scratch.take(frame.layer.window() * frame.out_row);
        slopes = scratch.take(frame.layer.window() * frame.out_row);
        d_query = scratch.take(frame.groups * frame.out_row);
        end = scratch.next;
    }
};

template <typename Real>
int64_t scratch_bytes(const LocalRelation& layer, const Tile& tile, bool backward) {
    const Frame<Real> frame(layer, tile, backward);
    return backward ? BackwardBuffers<Real>(frame, nullptr).end - static_cast<char*>(nullptr)
                    : ForwardBuffers<Real>(frame, nullptr).end - static_cast<char*>(nullptr);
}

// Brings rows of values and keys into the ring, up to the last one that the windows of `row` look at.
template <typename Real>
void read_rows(const Frame<Real>& frame, const LocalRelationInputs& in, int64_t row, int64_t& next_row, Real* ring) {
    const LocalRelation& layer = frame.layer;
    next_row = std::max(next_row, row * layer.stride);
    for (const int64_t end = row * layer.stride + layer.kernel; next_row < end; ++next_row) {
        Real* slot = ring + frame.of_row(next_row);
        const int64_t y = next_row - layer.padding;
        for (int64_t p = 0; p < frame.phases; ++p) {
            const Columns columns = frame.phase_columns(p, frame.phase);
            Real* target = slot + p * frame.phase;
            read_row(in.value, frame.value_channels(), layer.height, layer.width, y, columns, frame.phase, target);
            read_row(in.key, frame.key_channels(), layer.height, layer.width, y, columns, frame.phase, target + frame.sharing * frame.channel);
        }
    }
}

template <typename Real>
void read_prior(const Frame<Real>& frame, const void* prior, Real* target) {
    const int64_t window = frame.layer.window();
    const Real* source = static_cast<const Real*>(prior);
    for (int64_t i = 0; i < frame.groups * window; ++i)
        target[i] = source ? source[frame.tile.first_group * window + i] * static_cast<Real>(log2_of_e) : Real(0);
}

}  // namespace
}  // namespace seg
