// The zeros around the rows of a map, which whoever writes a row writes along.
#pragma once

#include <algorithm>

#include "kernels.h"
#include "lanes.h"

namespace seg::plan {
namespace {

SEG_INLINE void clear_lanes(char* from, int64_t count) { std::memset(from, 0, static_cast<size_t>(count * lane_bytes)); }

/// Rows of zeros above and below a flat map's group: as many as there are zeros behind a row.
inline void clear_above(const Map& map, int64_t group) {
    const int64_t gap = map.pitch - map.width;
    clear_lanes(map.at(group, -gap) - gap * lane_bytes, gap * map.pitch + gap);
}
inline void clear_below(const Map& map, int64_t group) {
    const int64_t gap = map.pitch - map.width;
    clear_lanes(map.at(group, map.height), gap * map.pitch + gap);
}

/// The zeros behind one row of one group, and those that only its first and last row have.
SEG_INLINE void clear_border(const Map& map, int64_t group, int64_t row) {
    const int64_t gap = map.pitch - map.width;
    clear_lanes(map.at(group, row) + map.width * lane_bytes, gap);
    if (row == 0 && group == 0 && !map.flat)
        clear_lanes(map.at(0, 0) - gap * lane_bytes, gap);
    if (map.flat && row == 0)
        clear_above(map, group);
    if (map.flat && row == map.height - 1)
        clear_below(map, group);
}

inline int64_t groups_of(const Map& map, int elements) { return (map.channels + elements - 1) / elements; }

}  // namespace
}  // namespace seg::plan
