// Steps other than convolutions: sums of maps, pooling, tensors in and out.
#pragma once

#include "borders.h"

namespace seg::plan {
namespace {

/// One row of a term, blended of two, as float32: `Type::elements` channels, each `stride` floats with zeros behind the row's end.
template <typename Type>
SEG_INLINE void blend_rows(const Map& map, int64_t group, int64_t low, int64_t high, float weight, float* target, int64_t stride) {
    const char *from = map.at(group, low), *other = map.at(group, high);
    for (int64_t x = 0; x < map.width; x += width) {
        Lanes a[Type::elements], b[Type::elements];
        Type::unpack(load_lanes(from + x * lane_bytes), a);
        Type::unpack(load_lanes(other + x * lane_bytes), b);
        for (int e = 0; e < Type::elements; ++e)
            store_vector(a[e] + weight * (b[e] - a[e]), target + e * stride + x);
    }
    for (int e = 0; e < Type::elements; ++e)
        for (int64_t x = map.width; x < stride; ++x)
            target[e * stride + x] = 0.0f;
}

template <typename Type>
void sum_rows(const SumStep& step, Range rows) {
    constexpr int elements = Type::elements;
    const int64_t groups = groups_of(step.target, elements), stride = step.scratch_stride;
    for (int64_t y = rows.begin; y < rows.end; ++y)
        for (int64_t group = 0; group < groups; ++group) {
            for (int32_t t = 0; t < step.term_count; ++t)
                blend_rows<Type>(step.terms[t], group, step.rows[t].low[y], step.rows[t].high[y], step.rows[t].weight[y],
                                 step.scratch + t * elements * stride, stride);
            const char* source = step.source.at(group, y);
            char* target = step.target.at(group, y);
            for (int64_t x = 0; x < step.target.width; x += width) {
                Lanes sums[elements];
                Type::unpack(load_lanes(source + x * lane_bytes), sums);
                for (int e = 0; e < elements; ++e)
                    sums[e] += step.bias[group * elements + e];
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
                if (step.relu)
                    for (int e = 0; e < elements; ++e)
                        sums[e] = positive(sums[e]);
                store_some(Type::pack(sums), target + x * lane_bytes, step.target.width - x);
            }
            clear_border(step.target, group, y);
        }
}

template <typename Type>
void pool_rows(const PoolStep& step, Range rows) {
    constexpr int elements = Type::elements;
    const Map &source = step.source, &target = step.target;
    for (int64_t y = rows.begin; y < rows.end; ++y)
        for (int64_t group = 0; group < groups_of(target, elements); ++group) {
            for (int64_t x = 0; x < target.width; x += width) {
                Lanes largest[elements] = {};
                for (int64_t ky = 0; ky < step.kernel; ++ky) {
                    const int64_t row = y * step.stride - step.padding + ky;
                    if (row < 0 || row >= source.height)
                        continue;
                    for (int64_t kx = 0; kx < step.kernel; ++kx) {
                        const char* from = source.at(group, row) + (x * step.stride - step.padding + kx) * lane_bytes;
                        Lanes values[elements];
                        Type::unpack(step.stride == 1 ? load_lanes(from) : load_every_second(from), values);
                        for (int e = 0; e < elements; ++e)
                            largest[e] = values[e] > largest[e] ? values[e] : largest[e];
                    }
                }
                store_some(Type::pack(largest), target.at(group, y) + x * lane_bytes, target.width - x);
            }
            clear_border(target, group, y);
        }
}

template <typename Type, typename Source>
void import_rows_of(const CopyStep& step, Range rows) {
    constexpr int elements = Type::elements;
    using Element = typename Type::Element;
    const Map& map = step.map;
    const auto* data = static_cast<const Source*>(step.tensor.data);
    for (int64_t y = rows.begin; y < rows.end; ++y)
        for (int64_t group = 0; group < groups_of(map, elements); ++group) {
            auto* target = reinterpret_cast<Element*>(map.at(group, y));
            for (int64_t e = 0; e < elements; ++e) {
                const int64_t channel = group * elements + e;
                const Source* source = data + channel * step.tensor.channel_stride + y * step.tensor.row_stride;
                for (int64_t x = 0; x < map.width; ++x)
                    save(channel < map.channels ? load(source + x * step.tensor.column_stride) : 0.0f, target + x * elements + e);
            }
            clear_border(map, group, y);
        }
}

template <typename Type, typename Target>
void export_rows_of(const CopyStep& step, Range rows) {
    constexpr int elements = Type::elements;
    using Element = typename Type::Element;
    const Map& map = step.map;
    auto* data = static_cast<Target*>(step.tensor.data);
    for (int64_t y = rows.begin; y < rows.end; ++y)
        for (int64_t channel = 0; channel < map.channels; ++channel) {
            const auto* source = reinterpret_cast<const Element*>(map.at(channel / elements, y)) + channel % elements;
            Target* target = data + channel * step.tensor.channel_stride + y * step.tensor.row_stride;
            for (int64_t x = 0; x < map.width; ++x)
                save(load(source + x * elements), target + x * step.tensor.column_stride);
        }
}

template <typename Type>
void import_rows(const CopyStep& step, Range rows) {
    if (step.tensor.element == SEG_PLAN_BFLOAT16)
        import_rows_of<Type, bfloat16>(step, rows);
    else
        import_rows_of<Type, float>(step, rows);
}

template <typename Type>
void export_rows(const CopyStep& step, Range rows) {
    if (step.tensor.element == SEG_PLAN_BFLOAT16)
        export_rows_of<Type, bfloat16>(step, rows);
    else
        export_rows_of<Type, float>(step, rows);
}

}  // namespace
}  // namespace seg::plan
