// Plans: their memory, and the loop that runs their steps on OpenMP's threads.
#include "plan.h"
#include "winograd_plan.h"

#include <omp.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

#include <cstring>

namespace seg::plan {

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

namespace {

constexpr int64_t cache_bytes = 256 * 1024;  // that the input of an item may take, beside weights and output
constexpr int64_t second_cache_bytes = 1024 * 1024;  // of a core, as a rule

std::atomic<int64_t> live_plans{0};

// The memory of one thread: joined steps' rows, then the rows that a sum blends.
char* scratch_of(const seg_plan& plan, int thread) { return plan.scratch[thread].get() + slack; }

Map map_of(const seg_plan& plan, const seg_plan_map& map, int thread, int64_t first_row) {
    char* data = map.scratch ? scratch_of(plan, thread) - first_row * map.row_stride : plan.arena.get() + slack;
    return {data + map.offset, map.group_stride, map.row_stride, map.channels, map.height, map.width, map.pitch, map.flat != 0,
            map.element == SEG_PLAN_UINT8, lane_elements(map.element)};
}

ConvolutionStep convolution_of(const seg_plan& plan, const Step& step, int thread, int64_t first_row) {
    const seg_plan_step& given = step.given;
    const Tables& tables = step.tables;
    return {map_of(plan, given.source, thread, first_row), map_of(plan, given.target, thread, first_row),
            given.has_residual ? map_of(plan, given.residual, thread, first_row) : Map{}, given.has_residual != 0, given.relu != 0,
            given.kernel_height, given.kernel_width, given.stride, given.padding_y, given.padding_x, given.dilation, tables.blocks.data(),
            static_cast<int32_t>(tables.blocks.size()), tables.bias.data(), tables.multipliers.data(),
            tables.factors.empty() ? nullptr : tables.factors[0].data(), tables.mask.data()};
}

WinogradStep winograd_of(const seg_plan& plan, const Step& step, int thread) {
    const seg_plan_step& given = step.given;
    const WinogradTables& tables = step.winograd;
    return {map_of(plan, given.source, thread, 0), map_of(plan, given.target, thread, 0), given.has_residual ? map_of(plan, given.residual, thread, 0) : Map{},
            given.has_residual != 0, given.relu != 0, given.padding_y, given.padding_x, given.dilation, tables.whole, tables.strips.data(),
            step.tables.blocks.data(), tables.position_floats, tables.source_channels, tables.target_channels, step.tables.bias.data()};
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
    for (size_t i = 0; i < step.tables.factors.size(); ++i)
        sum.factors[i] = step.tables.factors[i].data();
    sum.scratch = reinterpret_cast<float*>(scratch_of(plan, thread) + plan.scratch_bytes);
    sum.scratch_stride = plan.term_floats;
    return sum;
}

void run_rows(const seg_plan& plan, const Step& step, int thread, int64_t first_row, Range rows, Range blocks, const seg_plan_tensor* tensors) {
    const seg_plan_step& given = step.given;
    const Kernels& kernels = *plan.kernels;
    const bool from_uint8 = given.source.element == SEG_PLAN_UINT8, to_uint8 = given.target.element == SEG_PLAN_UINT8;
    switch (given.kind) {
        case SEG_STEP_CONVOLUTION: kernels.convolve_rows[from_uint8][to_uint8](convolution_of(plan, step, thread, first_row), rows, blocks); break;
        case SEG_STEP_SUM:
            (step.tables.factors.empty() ? kernels.sum_rows : kernels.sum_scaled_rows[to_uint8])(sum_of(plan, step, thread, first_row), rows);
            break;
        case SEG_STEP_MAX_POOL:
            kernels.pool_rows[from_uint8]({map_of(plan, given.source, thread, first_row), map_of(plan, given.target, thread, first_row),
                                     given.kernel_height, given.stride, given.padding_y}, rows);
            break;
        case SEG_STEP_IMPORT: kernels.import_rows({map_of(plan, given.target, thread, first_row), tensors[given.tensor]}, rows); break;
        case SEG_STEP_EXPORT: kernels.export_rows({map_of(plan, given.source, thread, first_row), tensors[given.tensor]}, rows); break;
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
    const int64_t groups = (given.source.channels + lane_elements(given.source.element) - 1) / lane_elements(given.source.element);
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
        } else if (!step.winograd.batches.empty()) {
            run_winograd(*plan.kernels, winograd_of(plan, step, thread), step, plan.winograd_memory.data(), thread, threads);
        } else {
            const Split split = split_of(plan, step, threads);
            const int64_t items = split.items(), row_chunks = split.row_chunks();
#pragma omp for schedule(dynamic, 1)
            for (int64_t item = 0; item < items; ++item) {
                const Range rows = chunk(item % row_chunks, split.rows_per_chunk, split.rows);
                const Range blocks = chunk(item / row_chunks, split.blocks_per_chunk, split.blocks);
                const bool from_uint8 = step.given.source.element == SEG_PLAN_UINT8, to_uint8 = step.given.target.element == SEG_PLAN_UINT8;
                if (step.flat)
                    plan.kernels->convolve_flat[from_uint8][to_uint8](convolution_of(plan, step, thread, 0), rows, blocks);
                else
                    run_rows(plan, step, thread, 0, rows, blocks, tensors);
            }
        }
        index = last + 1;
    }
}

const Kernels* kernels_for(int32_t element) {
    if (element == SEG_PLAN_UINT8) {
        const KernelSet& set = best_kernels();
        const Kernels* beside = set.bfloat16 ? set.bfloat16 : set.float32;
        return beside && beside->sum_scaled_rows[1] ? beside : nullptr;
    }
    return element == SEG_PLAN_BFLOAT16 ? best_kernels().bfloat16 : element == SEG_PLAN_FLOAT32 ? best_kernels().float32 : nullptr;
}

}  // namespace
}  // namespace seg::plan

using namespace seg::plan;

seg_plan_::seg_plan_() { live_plans.fetch_add(1); }

seg_plan_::~seg_plan_() { live_plans.fetch_sub(1); }

int32_t seg_plan_supports(int32_t element) { return kernels_for(element) != nullptr; }

const char* seg_plan_instructions(void) { return best_kernels().name; }

void seg_plan_limit(const char* instructions) { limit_kernels(instructions); }

int32_t seg_plan_new(const seg_plan_step* steps, int32_t count, int32_t element, int64_t arena_bytes, int64_t scratch_bytes, seg_plan** out_plan) {
    return seg::guarded([&] {
        auto plan = std::make_unique<seg_plan>();
        TORCH_CHECK(element == SEG_PLAN_FLOAT32 || element == SEG_PLAN_BFLOAT16, "a plan is of float32 or bfloat16");
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
            prepare(step, element, plan->lanes);
            if (step.given.kind == SEG_STEP_SUM)
                plan->term_floats = std::max<int64_t>(plan->term_floats, round_up(step.given.target.width, plan->lanes) + 2 * plan->lanes);
            plan->winograd_bytes = std::max(plan->winograd_bytes, winograd_bytes(step.winograd));
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
        const int64_t bytes = round_up(plan->scratch_bytes + (SEG_PLAN_MOST_TERMS + 1) * 4 * plan->term_floats * 4, 64);
        while (static_cast<int>(plan->scratch.size()) < team)
            plan->scratch.push_back(allocate(bytes + plan->winograd_bytes));
        plan->winograd_memory.clear();
        for (const Memory& memory : plan->scratch)
            plan->winograd_memory.push_back(memory.get() + slack + bytes);
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
