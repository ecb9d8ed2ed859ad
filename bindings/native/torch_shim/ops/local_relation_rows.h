// Rows of maps in the form that the local relation kernels work on: planar, in the arithmetic's type, zero beyond the map, and split by
// phase where windows step by more than one column, so that neighbouring windows always stand side by side. Any layout is read in place.
#pragma once

#include <algorithm>

#include "elements.h"
#include "local_relation.h"
#include "vectors.h"

namespace seg {
namespace {

/// The columns first + step · i of a map, for i in [0, count): those of them that exist.
struct Columns {
    int64_t first, step, count;

    int64_t begin() const { return first >= 0 ? 0 : std::min(count, (-first + step - 1) / step); }
    int64_t end(int64_t width) const { return first >= width ? 0 : std::min(count, (width - first + step - 1) / step); }
};

/// The channels first + outer_step · o + inner_step · i of a map, and how far apart they stand as planar rows.
struct Channels {
    int64_t first;
    int64_t outer, outer_step, outer_apart;
    int64_t inner, inner_step, inner_apart;
};

/// Positions that are moved for one channel after the other: few enough that their cache lines stay in the cache where the channels are innermost.
constexpr int64_t positions_at_once = 32;

template <typename Real, typename T, typename Move>
SEG_INLINE void for_each_run(const Plane& plane, const Channels& channels, int64_t y, Columns columns, int64_t begin, int64_t end, Real* planar,
                             const Move& move) {
    T* row = static_cast<T*>(plane.data) + y * plane.row + columns.first * plane.column;
    const int64_t apart = columns.step * plane.column, at_once = apart == 1 ? std::max<int64_t>(1, end - begin) : positions_at_once;
    for (int64_t start = begin; start < end; start += at_once) {
        const int64_t n = std::min(at_once, end - start);
        for (int64_t o = 0; o < channels.outer; ++o)
            for (int64_t i = 0; i < channels.inner; ++i)
                move(row + (channels.first + o * channels.outer_step + i * channels.inner_step) * plane.channel + start * apart, apart,
                     planar + o * channels.outer_apart + i * channels.inner_apart + start, n);
    }
}

template <typename Real, typename T>
SEG_INLINE void read_row_as(const Plane& plane, const Channels& channels, int64_t y, Columns columns, int64_t begin, int64_t end, Real* target) {
    for_each_run<Real, T>(plane, channels, y, columns, begin, end, target, [](const T* from, int64_t apart, Real* to, int64_t n) {
        if (apart == 1)
            for (int64_t i = 0; i < n; ++i)
                to[i] = load(from + i);
        else
            for (int64_t i = 0; i < n; ++i)
                to[i] = load(from + i * apart);
    });
}

template <typename Real, typename T>
SEG_INLINE void write_row_as(const Plane& plane, const Channels& channels, int64_t y, Columns columns, int64_t begin, int64_t end, Real* source) {
    for_each_run<Real, T>(plane, channels, y, columns, begin, end, source, [](T* to, int64_t apart, const Real* from, int64_t n) {
        if (apart == 1)
            for (int64_t i = 0; i < n; ++i)
                save(from[i], to + i);
        else
            for (int64_t i = 0; i < n; ++i)
                save(from[i], to + i * apart);
    });
}

template <typename Real>
void zero(Real* target, int64_t count) {
    if (count > 0)
        std::memset(target, 0, count * sizeof(Real));
}

/// Reads one row of a map; the first `length` values of each channel are set, zero where the map (height × width) has no such position.
template <typename Real>
void read_row(const Plane& plane, const Channels& channels, int64_t height, int64_t width, int64_t y, Columns columns, int64_t length, Real* target) {
    const bool inside = y >= 0 && y < height;
    const int64_t begin = inside ? columns.begin() : 0, end = inside ? std::max(begin, columns.end(width)) : 0;
    for (int64_t o = 0; o < channels.outer; ++o)
        for (int64_t i = 0; i < channels.inner; ++i) {
            Real* row = target + o * channels.outer_apart + i * channels.inner_apart;
            zero(row, begin);
            zero(row + end, length - end);
        }
    if (begin >= end)
        return;
    if constexpr (sizeof(Real) == sizeof(double))
        read_row_as<Real, double>(plane, channels, y, columns, begin, end, target);
    else if (plane.element == Element::BFloat16)
        read_row_as<Real, bfloat16>(plane, channels, y, columns, begin, end, target);
    else
        read_row_as<Real, float>(plane, channels, y, columns, begin, end, target);
}

/// Writes those of columns [from, columns.count) that the map has.
template <typename Real>
void write_row(const Plane& plane, const Channels& channels, int64_t height, int64_t width, int64_t y, Columns columns, int64_t from, Real* source) {
    if (y < 0 || y >= height)
        return;
    const int64_t begin = std::max(from, columns.begin()), end = columns.end(width);
    if (begin >= end)
        return;
    if constexpr (sizeof(Real) == sizeof(double))
        write_row_as<Real, double>(plane, channels, y, columns, begin, end, source);
    else if (plane.element == Element::BFloat16)
        write_row_as<Real, bfloat16>(plane, channels, y, columns, begin, end, source);
    else
        write_row_as<Real, float>(plane, channels, y, columns, begin, end, source);
}

}  // namespace
}  // namespace seg
