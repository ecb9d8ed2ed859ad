// Sums of maps of several sizes and types.
#pragma once

#include "borders.h"

namespace seg::plan {
namespace {

/// Where rows of channels become float32: each `stride` floats, with zeros behind the row's end.
struct Scratch {
    float* rows;
    int64_t stride;
};

/// One row, blended of two, of the channels from `first` to `end`, where the map has them.
template <typename Type, bool Scaled>
SEG_INLINE void blend_rows(const Map& map, Range channels, int64_t low, int64_t high, float weight, const float* factors, const Scratch& scratch) {
    for (int64_t group = channels.begin / Type::elements; group * Type::elements < channels.end; ++group) {
        const int64_t first = group * Type::elements - channels.begin;
        const bool exists = group * Type::elements < map.channels;
        const char *from = map.at(group, low), *other = map.at(group, high);
        for (int64_t x = 0; exists && x < map.width; x += width) {
            Lanes a[Type::elements], b[Type::elements];
            Type::unpack(load_lanes(from + x * lane_bytes), a);
            Type::unpack(load_lanes(other + x * lane_bytes), b);
            for (int64_t e = 0; e < Type::elements; ++e)
                if (!Scaled || (first + e >= 0 && first + e < channels.end - channels.begin)) {
                    const Lanes blend = a[e] + weight * (b[e] - a[e]);
                    store_vector(Scaled ? blend * factors[channels.begin + first + e] : blend, scratch.rows + (first + e) * scratch.stride + x);
                }
        }
        for (int64_t e = 0; e < Type::elements; ++e)
            if (!Scaled || (first + e >= 0 && first + e < channels.end - channels.begin))
                for (int64_t x = exists ? map.width : 0; x < scratch.stride; ++x)
                    scratch.rows[(first + e) * scratch.stride + x] = 0.0f;
    }
}

template <typename Plain, bool Scaled>
SEG_INLINE void blend_any(const Map& map, Range channels, int64_t low, int64_t high, float weight, const float* factors, const Scratch& scratch) {
#if defined(__AVX512VNNI__)
    if (Scaled && map.quantized)
        return blend_rows<UInt8, Scaled>(map, channels, low, high, weight, factors, scratch);
#endif
    blend_rows<Plain, Scaled>(map, channels, low, high, weight, factors, scratch);
}

/// The target is of type Out, source and terms are of that or of Plain. Only scaled sums have factors, and another type than their target.
template <typename Out, typename Plain, bool Scaled>
void sum_rows(const SumStep& step, Range rows) {
    constexpr int elements = Out::elements;
    const int64_t stride = step.scratch_stride;
    float* const own = step.scratch + step.term_count * elements * stride;  // rows of a scaled sum's source
    for (int64_t y = rows.begin; y < rows.end; ++y)
        for (int64_t group = 0; group < groups_of(step.target, elements); ++group) {
            const Range channels{group * elements, (group + 1) * elements};
            for (int32_t t = 0; t < step.term_count; ++t) {
                const Rows& from = step.rows[t];
                blend_any<Plain, Scaled>(step.terms[t], channels, from.low[y], from.high[y], from.weight[y], step.factors[t + 1],
                                         {step.scratch + t * elements * stride, stride});
            }
            if (Scaled)
                blend_any<Plain, Scaled>(step.source, channels, y, y, 0.0f, step.factors[0], {own, stride});
            const char* source = step.source.at(group, y);
            char* target = step.target.at(group, y);
            for (int64_t x = 0; x < step.target.width; x += width) {
                Lanes sums[elements];
                if constexpr (Scaled) {
                    for (int e = 0; e < elements; ++e)
                        sums[e] = load_vector(own + e * stride + x);
                } else {
                    Out::unpack(load_lanes(source + x * lane_bytes), sums);
                }
                for (int e = 0; e < elements; ++e)
                    sums[e] += step.bias[channels.begin + e];
                for (int32_t t = 0; t < step.term_count; ++t) {
                    const Columns& columns = step.columns[t];
                    const Lanes weight = load_vector(columns.weight + x);
                    Bits index;
                    std::memcpy(&index, columns.index + x, sizeof index);
                    for (int e = 0; e < elements; ++e) {
                        const float* row = step.scratch + (t * elements + e) * stride + columns.base[x / width];
                        const Lanes low = __builtin_shuffle(load_vector(row), index), high = __builtin_shuffle(load_vector(row + 1), index);
                        sums[e] += low + weight * (high - low);
                    }
                }
                if (step.relu && !Out::quantized)
                    for (int e = 0; e < elements; ++e)
                        sums[e] = positive(sums[e]);
                store_some(Out::pack(sums), target + x * lane_bytes, step.target.width - x);
            }
            clear_border(step.target, group, y);
        }
}

}  // namespace
}  // namespace seg::plan
