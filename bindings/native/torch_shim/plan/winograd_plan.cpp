#include "winograd_plan.h"

namespace seg::plan {
namespace {

// What the inputs and products of the tiles at work may take, that they stay in a core's second cache.
constexpr int64_t fitting_bytes = 1280 * 1024;

// With fewer tiles at a time more would be lost on reading weights. Then these and the tiles come from memory anyhow: as many tiles as this holds share
// one reading of the weights.
constexpr int64_t least_tiles = 16;
constexpr int64_t most_bytes = 64 * 1024 * 1024;

constexpr int64_t large_page = 2 * 1024 * 1024;

/// The weights' transform for the points of winograd_transforms.h.
void transform_weights(const float* kernel, double (&transformed)[36]) {
    static const double matrix[6][3] = {{1.0, 0.0, 0.0},
                                        {-2.0 / 3.0, -0.47140452079103168, -1.0 / 3.0},
                                        {-2.0 / 3.0, 0.47140452079103168, -1.0 / 3.0},
                                        {1.0 / 6.0, 0.23570226039551584, 1.0 / 3.0},
                                        {1.0 / 6.0, -0.23570226039551584, 1.0 / 3.0},
                                        {0.0, 0.0, 1.0}};
    double half[6][3];
    for (int i = 0; i < 6; ++i)
        for (int x = 0; x < 3; ++x)
            half[i][x] = matrix[i][0] * kernel[x] + matrix[i][1] * kernel[3 + x] + matrix[i][2] * kernel[6 + x];
    for (int i = 0; i < 6; ++i)
        for (int j = 0; j < 6; ++j)
            transformed[i * 6 + j] = half[i][0] * matrix[j][0] + half[i][1] * matrix[j][1] + half[i][2] * matrix[j][2];
}

void pack_weights(const seg_plan_step& step, const WinogradTables& tables, std::vector<Block>& blocks, float* target) {
    for (Block& block : blocks) {
        block.weights = reinterpret_cast<const char*>(target);
        for (int64_t in = 0; in < tables.source_channels; ++in)
            for (int64_t c = 0; c < block.size; ++c, ++target) {
                const int64_t out = block.channel + c;
                if (in >= step.source.channels || out >= step.target.channels)
                    continue;  // the memory holds zeros
                double transformed[36];
                transform_weights(step.weights + (out * step.source.channels + in) * 9, transformed);
                for (int64_t position = 0; position < winograd_positions; ++position)
                    target[position * tables.position_floats] = static_cast<float>(transformed[position]);
            }
    }
}

/// Strips of at most `most` tiles in the order in which they are worked on; wider rows are split into parts that fill vectors.
std::vector<Strip> strips_of(const seg_plan_step& step, int64_t most, int32_t lanes) {
    const int64_t d = step.dilation, height = step.target.height, width = step.target.width;
    const int64_t across = (round_up(width, d) / d + 3) / 4, parts = d > 1 ? 1 : (across + most - 1) / most;
    const int64_t part = parts == 1 ? across : round_up((across + parts - 1) / parts, lanes);
    std::vector<Strip> strips;
    for (int64_t phase = 0; phase < std::min(d, height); ++phase)
        for (int64_t y = phase; y < height; y += 4 * d)
            for (int64_t tile = 0; tile < across; tile += part)
                strips.push_back({static_cast<int32_t>(y), static_cast<int32_t>(4 * tile), static_cast<int32_t>(std::min(part, across - tile)), 0});
    return strips;
}

/// Strips that are worked on together, of at most `most` tiles.
void gather_batches(WinogradTables& tables, int64_t dilation, int64_t most, int32_t lanes) {
    int64_t at = 0;
    for (size_t s = 0; s < tables.strips.size(); ++s) {
        Strip& strip = tables.strips[s];
        const int64_t tiles = strip.tiles * dilation, index = static_cast<int64_t>(s);
        if (tables.batches.empty() || at + tiles > most) {
            tables.batches.push_back({{index, index}, 0, static_cast<int64_t>(tables.ends.size())});
            at = 0;
        }
        strip.at = static_cast<int32_t>(at);
        at += tiles;
        WinogradBatch& batch = tables.batches.back();
        batch.strips.end = index + 1;
        batch.vectors = round_up(at, lanes) / lanes;
        tables.most_vectors = std::max(tables.most_vectors, batch.vectors);
        tables.ends.resize(batch.ends + batch.vectors * lanes, 0);
        for (int64_t phase = 1; phase <= dilation; ++phase)
            tables.ends[batch.ends + strip.at + phase * strip.tiles - 1] = -1;
    }
}

}  // namespace

bool can_winograd(const seg_plan_step& step, int32_t element) {
    return step.kernel_height == 3 && step.kernel_width == 3 && step.stride == 1 && step.source.element == element && step.target.element == element &&
           (!step.has_residual || (step.residual.element == element && !step.factors)) && !step.source.scratch && !step.target.scratch;
}

void prepare_winograd(Step& step, int32_t element, int32_t lanes) {
    const seg_plan_step& given = step.given;
    WinogradTables& tables = step.winograd;
    tables.source_channels = round_up(given.source.channels, lane_elements(element));
    tables.target_channels = round_up(given.target.channels, 2);
    tables.position_floats = tables.source_channels * tables.target_channels;
    tables.lanes = lanes;

    const int64_t tile_bytes = winograd_stride * 4 * (tables.source_channels + tables.target_channels);
    const int64_t fitting = fitting_bytes / tile_bytes / lanes * lanes;
    const int64_t most = fitting >= least_tiles ? fitting : std::max<int64_t>(lanes, most_bytes / tile_bytes / lanes * lanes);
    tables.strips = strips_of(given, most, lanes);
    gather_batches(tables, given.dilation, most, lanes);
    tables.whole = given.dilation == 1;
    int64_t longest = 0;
    for (const Strip& strip : tables.strips) {
        tables.whole = tables.whole && strip.tiles % lanes == 0;
        longest = std::max<int64_t>(longest, 4 * given.dilation * strip.tiles + 2 * given.dilation);
    }
    tables.row_floats = round_up(std::max(longest, 4 * tables.most_vectors * lanes) + 4 * lanes, 16);
    tables.row_channels = lane_elements(element);
    tables.zeros = allocate(tables.row_floats * 4);

    step.tables.weights_bytes = winograd_positions * tables.position_floats * 4;
    step.tables.weights = allocate(step.tables.weights_bytes);
    pack_weights(given, tables, step.tables.blocks, reinterpret_cast<float*>(step.tables.weights.get()));
}

namespace {

/// Where each part of a thread's memory begins, in floats.
struct Parts {
    int64_t products, rows, columns, edges, end;

    explicit Parts(const WinogradTables& tables) {
        const int64_t tiles = tables.most_vectors * tables.lanes;
        products = tiles * tables.source_channels * winograd_stride;
        rows = products + tiles * tables.target_channels * winograd_stride;
        columns = rows + 6 * tables.row_channels * tables.row_floats;
        edges = columns + 6 * tables.row_channels * tables.row_floats;
        end = edges + 12 * tables.row_channels * tables.row_floats;
    }
};

Range share(int64_t index, int64_t parts, int64_t count) { return {count * index / parts, count * (index + 1) / parts}; }

}  // namespace

int64_t winograd_bytes(const WinogradTables& tables) { return tables.batches.empty() ? 0 : round_up(Parts(tables).end * 4, large_page); }

void run_winograd(const Kernels& kernels, WinogradStep step, const Step& of, char* const* memory, int thread, int64_t threads) {
    const WinogradTables& tables = of.winograd;
    const Parts parts(tables);
    const auto at = [&](int of_thread, int64_t part) { return reinterpret_cast<float*>(memory[of_thread]) + part; };
    WinogradWork work{at(thread, 0), at(thread, parts.products), 0, at(thread, parts.rows), at(thread, parts.columns), at(thread, parts.edges), nullptr,
                      tables.row_floats, tables.zeros.get() + slack};
    const Range inputs{0, tables.source_channels / tables.row_channels}, positions{0, winograd_positions};
    const Range outputs{0, (of.given.target.channels + tables.row_channels - 1) / tables.row_channels};
    const Range blocks{0, static_cast<int64_t>(of.tables.blocks.size())};
    const auto batches = static_cast<int64_t>(tables.batches.size());
    const auto begin = [&](int64_t index) {
        work.vectors = tables.batches[index].vectors;
        work.ends = tables.ends.data() + tables.batches[index].ends;
        return tables.batches[index].strips;
    };

    if (threads == 1 || batches >= 4 * threads) {  // each thread has batches of its own
#pragma omp for schedule(dynamic, 1)
        for (int64_t index = 0; index < batches; ++index) {
            const Range strips = begin(index);
            kernels.winograd_inputs(step, work, strips, inputs);
            kernels.winograd_products(step, work, positions, blocks);
            kernels.winograd_outputs(step, work, strips, outputs);
        }
        return;
    }
    // All threads work on each batch, in the first one's memory.
    work.inputs = at(0, 0);
    work.products = at(0, parts.products);
    const int64_t items = 4 * threads;
    for (int64_t index = 0; index < batches; ++index) {
        const Range strips = begin(index);
#pragma omp for schedule(dynamic, 1)
        for (int64_t item = 0; item < items; ++item)
            kernels.winograd_inputs(step, work, strips, share(item, items, inputs.end));
#pragma omp for schedule(dynamic, 1)
        for (int64_t position = 0; position < winograd_positions; ++position)
            kernels.winograd_products(step, work, {position, position + 1}, blocks);
#pragma omp for schedule(dynamic, 1)
        for (int64_t item = 0; item < items; ++item)
            kernels.winograd_outputs(step, work, strips, share(item, items, outputs.end));
    }
}

}  // namespace seg::plan
