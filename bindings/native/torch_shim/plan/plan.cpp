// Plans: steps with their addresses, packed weights and tables, and the loop that runs them on OpenMP's threads.
#include "../boundary.h"
#include "../ops/layout.h"
#include "kernels.h"

#include <omp.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

#include <cstdlib>
#include <cstring>
#include <memory>

#include "../ops/elements.h"

namespace seg::plan {
namespace {

constexpr int64_t slack = 4096;          // bytes before and behind all memory: vectors reach beyond the last row
constexpr int64_t cache_bytes = 256 * 1024;  // that the input of an item may take, beside weights and output
constexpr int64_t second_cache_bytes = 1024 * 1024;  // of a core, as a rule

std::atomic<int64_t> live_plans{0};

struct Free {
    void operator()(char* memory) const { std::free(memory); }
};
using Memory = std::unique_ptr<char, Free>;

// A convolution goes through the rows of all channels side by side: with small pages it would wait for their addresses most of the time.
Memory allocate(int64_t bytes) {
    constexpr int64_t large_page = 2 * 1024 * 1024;
    const auto size = static_cast<size_t>(bytes + 2 * slack);
    void* memory = nullptr;
    if (::posix_memalign(&memory, bytes < large_page ? 4096 : large_page, size) != 0)
        throw std::bad_alloc();
#if defined(__linux__)
    if (bytes >= large_page)
        ::madvise(memory, size, MADV_HUGEPAGE);  // a wish, no need
#endif
    std::memset(memory, 0, size);
    return Memory(static_cast<char*>(memory));
}

int64_t round_up(int64_t value, int64_t to) { return (value + to - 1) / to * to; }

/// What a step keeps besides its numbers.
struct Tables {
    std::vector<Block> blocks;
    Memory weights;
    int64_t weights_bytes = 0;
    std::vector<float> bias;
    std::vector<int32_t> mask;
    std::vector<Positions> rows;
    std::vector<std::vector<int32_t>> bases, indices;
    std::vector<std::vector<float>> weights_across;
};

struct Step {
    seg_plan_step given;
    Tables tables;
    bool flat = false;
};

}  // namespace
}  // namespace seg::plan

struct seg_plan_ {
    int32_t element;
    const seg::plan::Kernels* kernels;
    int32_t lanes;
    std::vector<seg::plan::Step> steps;
    seg::plan::Memory arena;
    int64_t arena_bytes, scratch_bytes, term_floats;
    std::vector<seg::plan::Memory> scratch;  // of each thread
    seg_plan_() { seg::plan::live_plans.fetch_add(1); }
    ~seg_plan_() { seg::plan::live_plans.fetch_sub(1); }
};

namespace seg::plan {
namespace {

template <typename Element>
void pack_weights(const seg_plan_step& step, int elements, std::vector<Block>& blocks, char* memory) {
    const int64_t taps = step.kernel_height * step.kernel_width, groups = (step.source.channels + elements - 1) / elements;
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
std::vector<Block> blocks_of(int32_t channels) {
    const int32_t pairs = (channels + 1) / 2, count = (pairs + 2) / 3;
    std::vector<Block> blocks;
    for (int32_t i = 0, pair = 0; i < count; ++i) {
        const int32_t size = (pairs - pair + count - i - 1) / (count - i);
        blocks.push_back({2 * pair, 2 * size, nullptr});
        pair += size;
    }
    return blocks;
}

std::vector<float> bias_of(const seg_plan_step& step) {
    std::vector<float> bias(round_up(step.target.channels, 2), 0.0f);
    if (step.bias)
        std::copy_n(step.bias, step.target.channels, bias.begin());
    return bias;
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

void prepare_convolution(Step& step, int32_t element) {
    const seg_plan_step& given = step.given;
    TORCH_CHECK(given.stride == 1 || given.stride == 2, "a plan's convolution has a stride of 1 or 2, not ", given.stride);
    TORCH_CHECK(given.kernel_height * given.kernel_width <= 128, "a plan's convolution has a kernel of at most 128 positions");
    const int elements = lane_elements(element);
    Tables& tables = step.tables;
    tables.blocks = blocks_of(given.target.channels);
    tables.bias = bias_of(given);
    tables.weights_bytes = round_up(given.target.channels, 2) * round_up(given.source.channels, elements) / elements * given.kernel_height *
                           given.kernel_width * 4;
    tables.weights = allocate(tables.weights_bytes);
    if (element == SEG_PLAN_BFLOAT16)
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
    TORCH_CHECK(given.term_count >= 0 && given.term_count <= SEG_PLAN_MOST_TERMS, "a plan's sum has at most ", int(SEG_PLAN_MOST_TERMS), " terms");
    Tables& tables = step.tables;
    tables.bias = bias_of(given);
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

// The memory of one thread: joined steps' rows, then the rows that a sum blends.
char* scratch_of(const seg_plan& plan, int thread) { return plan.scratch[thread].get() + slack; }

Map map_of(const seg_plan& plan, const seg_plan_map& map, int thread, int64_t first_row) {
    char* data = map.scratch ? scratch_of(plan, thread) - first_row * map.row_stride : plan.arena.get() + slack;
    return {data + map.offset, map.group_stride, map.row_stride, map.channels, map.height, map.width, map.pitch, map.flat != 0};
}

ConvolutionStep convolution_of(const seg_plan& plan, const Step& step, int thread, int64_t first_row) {
    const seg_plan_step& given = step.given;
    return {map_of(plan, given.source, thread, first_row), map_of(plan, given.target, thread, first_row),
            given.has_residual ? map_of(plan, given.residual, thread, first_row) : Map{}, given.has_residual != 0, given.relu != 0,
            given.kernel_height, given.kernel_width, given.stride, given.padding_y, given.padding_x, given.dilation, step.tables.blocks.data(),
            static_cast<int32_t>(step.tables.blocks.size()), step.tables.bias.data(), step.tables.mask.data()};
}

SumStep sum_of(const seg_plan& plan, const Step& step, int thread, int64_t first_row) {
    const seg_plan_step& given = step.given;
    SumStep sum{};
    sum.source = map_of(plan, given.source, thread, first_row);
    sum.target = map_of(plan, given.target, thread, first_row);
    sum.bias = step.tables.bias.data();
    sum.relu = given.relu != 0;
    sum.term_count = given.term_count;
    for (int32_t t = 0; t < given.term_count; ++t) {
        const Positions& rows = step.tables.rows[t];
        sum.terms[t] = map_of(plan, given.terms[t], thread, first_row);
        sum.rows[t] = {rows.low.data(), rows.high.data(), rows.weight.data()};
        sum.columns[t] = {step.tables.bases[t].data(), step.tables.indices[t].data(), step.tables.weights_across[t].data()};
    }
    sum.scratch = reinterpret_cast<float*>(scratch_of(plan, thread) + plan.scratch_bytes);
    sum.scratch_stride = plan.term_floats;
    return sum;
}

void run_rows(const seg_plan& plan, const Step& step, int thread, int64_t first_row, Range rows, Range blocks, const seg_plan_tensor* tensors) {
    const seg_plan_step& given = step.given;
    switch (given.kind) {
        case SEG_STEP_CONVOLUTION: plan.kernels->convolve_rows(convolution_of(plan, step, thread, first_row), rows, blocks); break;
        case SEG_STEP_SUM: plan.kernels->sum_rows(sum_of(plan, step, thread, first_row), rows); break;
        case SEG_STEP_MAX_POOL:
            plan.kernels->pool_rows({map_of(plan, given.source, thread, first_row), map_of(plan, given.target, thread, first_row),
                                     given.kernel_height, given.stride, given.padding_y}, rows);
            break;
        case SEG_STEP_IMPORT: plan.kernels->import_rows({map_of(plan, given.target, thread, first_row), tensors[given.tensor]}, rows); break;
        case SEG_STEP_EXPORT: plan.kernels->export_rows({map_of(plan, given.source, thread, first_row), tensors[given.tensor]}, rows); break;
    }
}

int64_t rows_of(const seg_plan_step& step) { return step.kind == SEG_STEP_EXPORT ? step.source.height : step.target.height; }

Range chunk(int64_t index, int64_t size, int64_t count) { return {index * size, std::min(count, (index + 1) * size)}; }

/// How a step is split among threads: `outer` chunks of rows (or vectors of a flat map) times `inner` chunks of blocks.
struct Split {
    int64_t rows, rows_per_chunk, blocks, blocks_per_chunk;

    int64_t row_chunks() const { return (rows + rows_per_chunk - 1) / rows_per_chunk; }
    int64_t items() const { return row_chunks() * ((blocks + blocks_per_chunk - 1) / blocks_per_chunk); }
};

Split split_of(const seg_plan& plan, const Step& step, int64_t threads) {
    const seg_plan_step& given = step.given;
    Split split{rows_of(given), 1, std::max<int64_t>(1, step.tables.blocks.size()), std::max<int64_t>(1, step.tables.blocks.size())};
    const int64_t groups = (given.source.channels + lane_elements(plan.element) - 1) / lane_elements(plan.element);
    const int64_t wanted = threads == 1 ? 1 : 4 * threads;  // items, that threads may even out
    if (step.flat) {
        split.rows = round_up(static_cast<int64_t>(given.target.height) * given.target.pitch, plan.lanes) / plan.lanes;
        // A map that fits the cache is read for a few blocks at a time, so that weights come once; of a larger one as much as fits is read for all blocks.
        const int64_t source_bytes = groups * given.source.group_stride, fitting = round_up(cache_bytes / (groups * 4 * plan.lanes), 4);
        split.rows_per_chunk = source_bytes <= second_cache_bytes && source_bytes < step.tables.weights_bytes
            ? split.rows
            : std::min({split.rows, std::max<int64_t>(4, fitting), round_up((split.rows + wanted - 1) / wanted, 4)});
    } else if (given.kind == SEG_STEP_CONVOLUTION) {
        const int64_t row_bytes = groups * given.source.pitch * 4 * given.stride;
        split.rows_per_chunk = std::max<int64_t>(1, std::min(cache_bytes / row_bytes, split.rows / wanted));
    } else {
        split.rows_per_chunk = std::max<int64_t>(1, std::min<int64_t>(8, split.rows / wanted));
    }
    if (split.row_chunks() < wanted)
        split.blocks_per_chunk = std::max<int64_t>(1, split.blocks * split.row_chunks() / wanted);
    return split;
}

// Called by every thread of a team.
void run_steps(const seg_plan& plan, int32_t first, int32_t end, int64_t threads, const seg_plan_tensor* tensors) {
    const int thread = omp_get_thread_num();
    for (int32_t index = first; index < end;) {
        int32_t last = index;
        while (plan.steps[last].given.joined && last + 1 < end)
            ++last;
        const Step& step = plan.steps[index];
        if (last > index) {
            const int64_t rows = rows_of(step.given);
#pragma omp for schedule(dynamic, 1)
            for (int64_t row = 0; row < rows; ++row)
                for (int32_t i = index; i <= last; ++i)
                    run_rows(plan, plan.steps[i], thread, row, {row, row + 1}, {0, static_cast<int64_t>(plan.steps[i].tables.blocks.size())}, tensors);
        } else {
            const Split split = split_of(plan, step, threads);
            const int64_t items = split.items(), row_chunks = split.row_chunks();
#pragma omp for schedule(dynamic, 1)
            for (int64_t item = 0; item < items; ++item) {
                const Range rows = chunk(item % row_chunks, split.rows_per_chunk, split.rows);
                const Range blocks = chunk(item / row_chunks, split.blocks_per_chunk, split.blocks);
                if (step.flat)
                    plan.kernels->convolve_flat(convolution_of(plan, step, thread, 0), rows, blocks);
                else
                    run_rows(plan, step, thread, 0, rows, blocks, tensors);
            }
        }
        index = last + 1;
    }
}

const Kernels* kernels_for(int32_t element) {
    return element == SEG_PLAN_BFLOAT16 ? best_kernels().bfloat16 : element == SEG_PLAN_FLOAT32 ? best_kernels().float32 : nullptr;
}

}  // namespace
}  // namespace seg::plan

using namespace seg::plan;

int32_t seg_plan_supports(int32_t element) { return kernels_for(element) != nullptr; }

int32_t seg_plan_new(const seg_plan_step* steps, int32_t count, int32_t element, int64_t arena_bytes, int64_t scratch_bytes, seg_plan** out_plan) {
    return seg::guarded([&] {
        auto plan = std::make_unique<seg_plan>();
        plan->element = element;
        plan->kernels = kernels_for(element);
        TORCH_CHECK(plan->kernels != nullptr, "this processor has no kernels for plans of this type");
        plan->lanes = best_kernels().lanes;
        plan->arena_bytes = arena_bytes;
        plan->scratch_bytes = round_up(scratch_bytes, 64);
        plan->term_floats = 0;
        for (int32_t i = 0; i < count; ++i) {
            Step step;
            step.given = steps[i];
            if (step.given.kind == SEG_STEP_CONVOLUTION)
                prepare_convolution(step, element);
            else if (step.given.kind == SEG_STEP_SUM)
                prepare_sum(step, plan->lanes);
            for (int32_t t = 0; t < step.given.term_count; ++t)
                plan->term_floats = std::max<int64_t>(plan->term_floats, round_up(step.given.terms[t].width, plan->lanes) + 2 * plan->lanes);
            plan->steps.push_back(std::move(step));
        }
        plan->arena = allocate(arena_bytes);
        *out_plan = plan.release();
    });
}

void seg_plan_free(seg_plan* plan) { delete plan; }

int32_t seg_plan_run(seg_plan* plan, int32_t first, int32_t count, int32_t threads, const seg_plan_tensor* tensors, int32_t tensor_count) {
    return seg::guarded([&] {
        TORCH_CHECK(first >= 0 && count >= 0 && first + count <= static_cast<int32_t>(plan->steps.size()), "the plan has no such steps");
        for (int32_t i = first; i < first + count; ++i) {
            const seg_plan_step& step = plan->steps[i].given;
            TORCH_CHECK((step.kind != SEG_STEP_IMPORT && step.kind != SEG_STEP_EXPORT) || step.tensor < tensor_count, "the plan wants more tensors");
        }
        const int team = std::max(1, threads);
        const int64_t bytes = plan->scratch_bytes + SEG_PLAN_MOST_TERMS * seg::plan::lane_elements(plan->element) * plan->term_floats * 4;
        while (static_cast<int>(plan->scratch.size()) < team)
            plan->scratch.push_back(allocate(bytes));
#pragma omp parallel num_threads(team)
        run_steps(*plan, first, first + count, omp_get_num_threads(), tensors);
    });
}

int64_t seg_plan_bytes(const seg_plan* plan) {
    int64_t bytes = plan->arena_bytes;
    for (const Step& step : plan->steps)
        bytes += step.tables.weights_bytes;
    return bytes;
}

int64_t seg_plan_live(void) { return live_plans.load(); }
