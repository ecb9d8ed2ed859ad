// Pooling, and tensors in and out.
#pragma once

#include "borders.h"

namespace seg::plan {
namespace {

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
