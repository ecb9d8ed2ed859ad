// Winograd's convolution as a step of a plan: which tiles are worked on together, transformed weights, and the memory that this takes.
#pragma once

#include "plan.h"
#include "winograd_step.h"

namespace seg::plan {

/// Whether the kernels can do the convolution: 3x3, stride 1, maps and residual of the plan's own type.
bool can_winograd(const seg_plan_step& step, int32_t element);

/// Fills the tables of a convolution that can.
void prepare_winograd(Step& step, int32_t element, int32_t lanes);

/// Bytes of each thread's memory that the step works in.
int64_t winograd_bytes(const WinogradTables& tables);

/// Called by every thread of a team.
/// `memory` is each thread's own, of winograd_bytes.
void run_winograd(const Kernels& kernels, WinogradStep step, const Step& of, char* const* memory, int thread, int64_t threads);

}  // namespace seg::plan
