// A plan: steps with packed weights and tables, and their memory.
#pragma once

#include "../boundary.h"
#include "../ops/layout.h"
#include "kernels.h"
#include "winograd_step.h"

#include <cstdlib>
#include <memory>

namespace seg::plan {

struct Free {
    void operator()(char* memory) const { std::free(memory); }
};
using Memory = std::unique_ptr<char, Free>;

constexpr int64_t slack = 4096;  // bytes before and behind all memory: vectors reach beyond the last row

/// Zeros, with the slack before them included in what is returned.
Memory allocate(int64_t bytes);

inline int64_t round_up(int64_t value, int64_t to) { return (value + to - 1) / to * to; }

/// What a step keeps besides its numbers.
struct Tables {
    std::vector<Block> blocks;
    Memory weights;
    int64_t weights_bytes = 0;
    std::vector<float> bias, multipliers;
    std::vector<std::vector<float>> factors;  // of the residual, or of source and terms; empty: 1
    std::vector<int32_t> mask;
    std::vector<Positions> rows;
    std::vector<std::vector<int32_t>> bases, indices;
    std::vector<std::vector<float>> weights_across;
};

/// What a convolution by Winograd's method keeps besides its weights.
struct WinogradTables {
    std::vector<Strip> strips;
    std::vector<WinogradBatch> batches;  // none of other steps
    std::vector<int32_t> ends;           // of all batches' tiles: −1 where a tile is the last of its strip
    bool whole = false;                  // as in WinogradStep
    int64_t source_channels = 0, target_channels = 0, position_floats = 0;
    int64_t most_vectors = 0, lanes = 0, row_floats = 0, row_channels = 0;
    Memory zeros;
};

struct Step {
    seg_plan_step given;
    Tables tables;
    WinogradTables winograd;
    bool flat = false;
};

/// Fills a convolution's or a sum's tables; other steps have none. Throws on what no kernel does.
/// `element` is the plan's, `lanes` a vector's.
void prepare(Step& step, int32_t element, int32_t lanes);

}  // namespace seg::plan

struct seg_plan_ {
    int32_t element;
    const seg::plan::Kernels* kernels;
    int32_t lanes;
    std::vector<seg::plan::Step> steps;
    seg::plan::Memory arena;
    int64_t arena_bytes, scratch_bytes, term_floats, winograd_bytes = 0;
    std::vector<seg::plan::Memory> scratch;  // of each thread
    std::vector<char*> winograd_memory;      // in it, behind the rest
    seg_plan_();
    ~seg_plan_();
};
