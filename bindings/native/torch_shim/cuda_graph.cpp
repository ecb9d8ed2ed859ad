// Work of a GPU as a CUDA graph. cuda.cmake defines SEG_CUDA_GRAPHS where libtorch and headers allow it; elsewhere making a graph says so.
#include "boundary.h"

#ifdef SEG_CUDA_GRAPHS

#include <ATen/Context.h>
#include <ATen/cuda/CUDAGraph.h>
#include <c10/core/DeviceGuard.h>
#include <c10/core/Event.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <c10/cuda/CUDACachingAllocator.h>

struct seg_graph_ {
    c10::Device device;
    c10::Stream own;    // the default stream cannot be captured
    c10::Stream outer;  // the thread's, while it is on `own`
    bool entered = false;
    bool capturing = false;
    at::cuda::CUDAGraph graph{};
};

namespace {

c10::impl::VirtualGuardImpl streams() { return c10::impl::VirtualGuardImpl(c10::DeviceType::CUDA); }

void let_wait(c10::Stream waiting, c10::Stream awaited) {
    c10::Event reached(c10::DeviceType::CUDA);
    reached.record(awaited);
    reached.block(waiting);
}

// Back to the thread's stream, whatever happens.
struct Leaving {
    seg_graph_& graph;

    ~Leaving() {
        streams().exchangeStream(graph.outer);
        graph.entered = graph.capturing = false;
    }
};

}  // namespace

int32_t seg_graph_new(int32_t index, seg_graph** out_graph) {
    return seg::guarded([&] {
        TORCH_CHECK(at::globalContext().hasCUDA(), "this libtorch or machine has no CUDA");
        const c10::Device device = index < 0 ? streams().getDevice() : c10::Device(c10::DeviceType::CUDA, static_cast<c10::DeviceIndex>(index));
        const c10::DeviceGuard on_device(device);
        const c10::Stream own = streams().getStreamFromGlobalPool(device);
        *out_graph = new seg_graph_{device, own, own};
    });
}

int32_t seg_graph_enter(seg_graph* graph, int32_t capture) {
    return seg::guarded([&] {
        TORCH_CHECK(graph != nullptr && !graph->entered, "the graph is null, or entered already");
        const c10::DeviceGuard on_device(graph->device);
        // A graph has memory of its own: what the steps before it have left must not be lacking there.
        if (capture != 0)
            c10::cuda::CUDACachingAllocator::emptyCache();
        graph->outer = streams().getStream(graph->device);
        let_wait(graph->own, graph->outer);
        streams().exchangeStream(graph->own);
        graph->entered = true;
        if (capture == 0)
            return;
        try {
            // Threads that load batches may go on meanwhile.
            graph->graph.capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal);
            graph->capturing = true;
        } catch (...) {
            const Leaving leaving{*graph};
            throw;
        }
    });
}

int32_t seg_graph_leave(seg_graph* graph) {
    return seg::guarded([&] {
        TORCH_CHECK(graph != nullptr && graph->entered, "the graph is null, or was not entered");
        const c10::DeviceGuard on_device(graph->device);
        {
            const Leaving leaving{*graph};
            if (graph->capturing)
                graph->graph.capture_end();
        }
        let_wait(graph->outer, graph->own);
    });
}

int32_t seg_graph_replay(seg_graph* graph) {
    return seg::guarded([&] {
        TORCH_CHECK(graph != nullptr && !graph->entered, "the graph is null, or being recorded");
        const c10::DeviceGuard on_device(graph->device);
        graph->graph.replay();
    });
}

void seg_graph_free(seg_graph* graph) {
    seg::guarded([&] { delete graph; });
}

#else

static int32_t no_graphs() {
    return seg::guarded([] { TORCH_CHECK(false, "the native library was compiled without them, which need a libtorch of 2.1 or newer with CUDA, and CUDA's headers"); });
}

int32_t seg_graph_new(int32_t, seg_graph**) { return no_graphs(); }
int32_t seg_graph_enter(seg_graph*, int32_t) { return no_graphs(); }
int32_t seg_graph_leave(seg_graph*) { return no_graphs(); }
int32_t seg_graph_replay(seg_graph*) { return no_graphs(); }
void seg_graph_free(seg_graph*) {}

#endif
