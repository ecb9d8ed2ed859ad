// What a step needs before it can run: packed weights, and tables.
#include "plan.h"

#include "../ops/elements.h"
#include "winograd_plan.h"

namespace seg::plan {
namespace {

int64_t groups_of(const seg_plan_map& map) { return (map.channels + lane_elements(map.element) - 1) / lane_elements(map.element); }

using seg::save;

// Whole numbers, which the caller has rounded and kept in range.
void save(float value, int8_t* target) { *target = static_cast<int8_t>(value); }

template <typename Element>
void pack_weights(const seg_plan_step& step, int elements, std::vector<Block>& blocks, char* memory) {
    const int64_t taps = step.kernel_height * step.kernel_width, groups = groups_of(step.source);
    auto* target = reinterpret_cast<Element*>(memory);
    for (Block& block : blocks) {
        block.weights = reinterpret_cast<const char*>(target);
        for (int64_t group = 0; group < groups; ++group)
            for (int64_t tap = 0; tap < taps; ++tap)
                for (int64_t c = 0; c < block.size; ++c)
                    for (int64_t e = 0; e < elements; ++e, ++target) {
                        const int64_t out = block.channel + c, in = group * elements + e;
                        const bool real = out < step.target.channels && in < step.source.channels;
                        save(real ? step.weights[(out * step.source.channels + in) * taps + tap] : 0.0f, target);
                    }
    }
}

// Blocks of 2, 4 or 6 channels, as equal as may be.
std::vector<Block> equal_blocks(int32_t channels) {
    const int32_t pairs = (channels + 1) / 2, count = (pairs + 2) / 3;
    std::vector<Block> blocks;
    for (int32_t i = 0, pair = 0; i < count; ++i) {
        const int32_t size = (pairs - pair + count - i - 1) / (count - i);
        blocks.push_back({2 * pair, 2 * size, nullptr});
        pair += size;
    }
    return blocks;
}

// Blocks of `largest`, 4 or 2 channels, the largest first: each begins with a group of uint8.
std::vector<Block> aligned_blocks(int32_t channels, int32_t largest) {
    std::vector<Block> blocks;
    for (int32_t channel = 0; channel < channels;) {
        const int32_t left = (channels - channel + 1) / 2 * 2, size = left >= largest ? largest : left >= 4 ? 4 : 2;
        blocks.push_back({channel, size, nullptr});
        channel += size;
    }
    return blocks;
}

std::vector<Block> blocks_of(const seg_plan_step& step) {
    if (step.source.element == SEG_PLAN_UINT8 || step.target.element == SEG_PLAN_UINT8)
        return aligned_blocks(step.target.channels, 8);
    const bool beside = step.has_residual && step.residual.element == SEG_PLAN_UINT8;
    return beside ? aligned_blocks(step.target.channels, 4) : equal_blocks(step.target.channels);
}

// The largest that a sum of a convolution over uint8 may become.
int64_t longest_sum(const seg_plan_step& step) {
    return int64_t(255) * 127 * step.source.channels * step.kernel_height * step.kernel_width;
}

std::vector<float> padded(const float* values, int32_t count, float missing) {
    std::vector<float> all(round_up(count, 4), missing);
    if (values)
        std::copy_n(values, count, all.begin());
    return all;
}

bool is_flat(const seg_plan_step& step) {
    const auto like_target = [&](const seg_plan_map& map) {
        return map.flat && map.height == step.target.height && map.width == step.target.width && map.pitch == step.target.pitch;
    };
    // A convolution that keeps the map's size reads no further beyond it than its padding, where zeros stand.
    const int32_t gap = step.target.pitch - step.target.width;
    return step.target.flat && step.stride == 1 && like_target(step.source) && (!step.has_residual || like_target(step.residual)) &&
           step.padding_y <= gap && step.padding_x <= gap && 2 * step.padding_y == (step.kernel_height - 1) * step.dilation &&
           2 * step.padding_x == (step.kernel_width - 1) * step.dilation;
}

void prepare_convolution(Step& step, int32_t element, int32_t lanes) {
    const seg_plan_step& given = step.given;
    TORCH_CHECK(given.stride == 1 || given.stride == 2, "a plan's convolution has a stride of 1 or 2, not ", given.stride);
    TORCH_CHECK(given.kernel_height * given.kernel_width <= 128, "a plan's convolution has a kernel of at most 128 positions");
    const int elements = lane_elements(given.source.element);
    TORCH_CHECK(given.source.element != SEG_PLAN_UINT8 || (given.multipliers && longest_sum(given) <= INT32_MAX), "a plan's sum of whole numbers is too long");
    Tables& tables = step.tables;
    tables.blocks = blocks_of(given);
    tables.bias = padded(given.bias, given.target.channels, 0.0f);
    tables.multipliers = padded(given.multipliers, given.target.channels, 1.0f);
    if (given.has_residual && (given.factors || given.residual.element != given.target.element))
        tables.factors.push_back(padded(given.factors, given.target.channels, 1.0f));
    if (given.method == SEG_METHOD_WINOGRAD) {
        TORCH_CHECK(can_winograd(given, element) && !given.joined, "a plan's convolution by Winograd's method is one of 3x3 and stride 1, alone");
        prepare_winograd(step, element, lanes);
        step.given.weights = nullptr;
        return;
    }
    tables.weights_bytes = round_up(given.target.channels, 2) * groups_of(given.source) * given.kernel_height * given.kernel_width * 4;
    tables.weights = allocate(tables.weights_bytes);
    if (given.source.element == SEG_PLAN_UINT8)
        pack_weights<int8_t>(given, elements, tables.blocks, tables.weights.get());
    else if (given.source.element == SEG_PLAN_BFLOAT16)
        pack_weights<bfloat16>(given, elements, tables.blocks, tables.weights.get());
    else
        pack_weights<float>(given, elements, tables.blocks, tables.weights.get());
    step.given.weights = nullptr;
    step.flat = is_flat(given);
    if (step.flat) {
        const seg_plan_map& map = given.target;
        tables.mask.assign(round_up(static_cast<int64_t>(map.height) * map.pitch, 64) + 64, 0);
        for (int64_t y = 0; y < map.height; ++y)
            std::fill_n(tables.mask.begin() + y * map.pitch, map.width, -1);
    }
}

Positions positions_of(const seg_plan_step& step, int64_t in, int64_t out) {
    Positions read(in, out, step.align_corners != 0);
    if (step.nearest) {
        const float scale = static_cast<float>(in) / static_cast<float>(out);
        for (int64_t i = 0; i < out; ++i)
            read.low[i] = read.high[i] = static_cast<int32_t>(std::min<int64_t>(static_cast<int64_t>(scale * i), in - 1));
    }
    for (int64_t i = 0; i < out; ++i)
        if (step.nearest || read.low[i] == read.high[i])
            read.weight[i] = 0.0f;
    return read;
}

void prepare_sum(Step& step, int32_t lanes) {
    const seg_plan_step& given = step.given;
    const bool has_uint8 = given.source.element == SEG_PLAN_UINT8 || given.target.element == SEG_PLAN_UINT8 ||
                           std::any_of(given.terms, given.terms + std::max(0, given.term_count),
                                       [](const seg_plan_map& map) { return map.element == SEG_PLAN_UINT8; });
    TORCH_CHECK(given.term_count >= 0 && given.term_count <= SEG_PLAN_MOST_TERMS, "a plan's sum has at most ", int(SEG_PLAN_MOST_TERMS), " terms");
    Tables& tables = step.tables;
    tables.bias = padded(given.bias, given.target.channels, 0.0f);
    if (given.factors || has_uint8)
        for (int32_t i = 0; i <= given.term_count; ++i)
            tables.factors.push_back(padded(given.factors ? given.factors + i * given.target.channels : nullptr, given.target.channels, 1.0f));
    for (int32_t t = 0; t < given.term_count; ++t) {
        tables.rows.push_back(positions_of(given, given.terms[t].height, given.target.height));
        const Positions across = positions_of(given, given.terms[t].width, given.target.width);
        const int64_t width = given.target.width, padded = round_up(width, lanes);
        std::vector<int32_t> bases(padded / lanes), indices(padded, 0);
        std::vector<float> weights(padded, 0.0f);
        for (int64_t x = 0; x < width; ++x) {
            const int32_t base = across.low[x / lanes * lanes];
            bases[x / lanes] = base;
            indices[x] = across.low[x] - base;
            weights[x] = across.weight[x];
            TORCH_CHECK(indices[x] < lanes, "a plan's sum brings maps to larger sizes, not ", given.terms[t].width, " columns to ", width);
        }
        tables.bases.push_back(std::move(bases));
        tables.indices.push_back(std::move(indices));
        tables.weights_across.push_back(std::move(weights));
    }
}

}  // namespace

void prepare(Step& step, int32_t element, int32_t lanes) {
    for (const seg_plan_map* map : {&step.given.source, &step.given.target, &step.given.residual})
        TORCH_CHECK(map->element == element || map->element == SEG_PLAN_UINT8 || map->channels == 0, "a plan's maps are of its type or of uint8");
    if (step.given.kind == SEG_STEP_CONVOLUTION)
        prepare_convolution(step, element, lanes);
    else if (step.given.kind == SEG_STEP_SUM)
        prepare_sum(step, lanes);
}

}  // namespace seg::plan
