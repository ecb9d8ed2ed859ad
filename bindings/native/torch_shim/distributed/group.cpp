#include "group.h"

#include "../boundary.h"
#include "collectives.h"
#include "distributed_shim.h"
#include "store.h"

#ifdef SEG_GLOO

#include <ATen/ATen.h>

#include <unordered_map>

namespace seg {
namespace {

std::mutex groups_mutex;
std::unordered_map<int64_t, std::shared_ptr<Group>> groups;
int64_t last_number = 0;

// Bytes that are broadcast at a time: many small tensors go together.
constexpr int64_t broadcast_bytes = 25 << 20;

}  // namespace

Group::Group(const Store& store, const std::string& address, int rank, int size, std::chrono::milliseconds timeout)
    : rank_(rank),
      size_(size),
      gloo_(make_gloo(c10::make_intrusive<c10d::PrefixStore>("gloo", store), address, rank, size, timeout)),
      nccl_(make_nccl(c10::make_intrusive<c10d::PrefixStore>("nccl", store), rank, size, timeout)) {}

Backend& Group::backend_of(const at::Tensor& tensor) const { return tensor.is_cuda() && nccl_.defined() ? *nccl_ : *gloo_; }

void Group::require_going() const {
    const std::lock_guard<std::mutex> lock(signal_->mutex);
    TORCH_CHECK(!signal_->aborted, signal_->reason);
}

Work Group::start_sum(at::Tensor& tensor) {
    require_going();
    std::vector<at::Tensor> tensors{tensor};
    return backend_of(tensor).allreduce(tensors);
}

void Group::wait(const Work& work, const at::Tensor& tensor) {
    if (&backend_of(tensor) == gloo_.get()) {
        const auto future = work->getFuture();
        future->addCallback([signal = signal_](c10::ivalue::Future&) {
            const std::lock_guard<std::mutex> lock(signal->mutex);
            signal->changed.notify_all();
        });
        std::unique_lock<std::mutex> lock(signal_->mutex);
        signal_->changed.wait(lock, [&] { return future->completed() || signal_->aborted; });
        TORCH_CHECK(future->completed(), signal_->reason);
    }
    work->wait();
}

void Group::sum(at::Tensor& tensor) {
    at::Tensor whole = tensor.contiguous();
    wait(start_sum(whole), whole);
    if (!whole.is_same(tensor))
        tensor.copy_(whole);
}

at::Tensor Group::gather(const at::Tensor& tensor) {
    require_going();
    std::vector<at::Tensor> inputs{tensor.contiguous()};
    std::vector<std::vector<at::Tensor>> outputs(1);
    for (int rank = 0; rank < size_; ++rank)
        outputs[0].push_back(at::empty_like(inputs[0]));
    wait(backend_of(tensor).allgather(outputs, inputs), tensor);
    return at::stack(outputs[0]);
}

void Group::broadcast(const std::vector<at::Tensor>& tensors, int source) {
    require_going();
    c10d::BroadcastOptions options;
    options.rootRank = source;
    for (size_t begin = 0, end = 0; begin < tensors.size(); begin = end) {
        std::vector<at::Tensor> parts;
        int64_t bytes = 0;
        for (; end < tensors.size() && (end == begin || bytes + static_cast<int64_t>(tensors[end].nbytes()) <= broadcast_bytes); ++end) {
            if (tensors[end].scalar_type() != tensors[begin].scalar_type() || tensors[end].device() != tensors[begin].device())
                break;
            bytes += tensors[end].nbytes();
            parts.push_back(tensors[end].detach().reshape({-1}));
        }
        std::vector<at::Tensor> flat{at::cat(parts)};
        if (flat[0].numel() == 0)
            continue;
        wait(backend_of(flat[0]).broadcast(flat, options), flat[0]);
        if (rank_ == source)
            continue;
        int64_t offset = 0;
        for (size_t i = begin; i < end; ++i) {
            at::Tensor target = tensors[i].detach();
            target.copy_(flat[0].narrow(0, offset, target.numel()).view(target.sizes()));
            offset += target.numel();
        }
    }
}

void Group::abort(const std::string& reason) {
    const std::lock_guard<std::mutex> lock(signal_->mutex);
    if (!signal_->aborted) {
        signal_->aborted = true;
        signal_->reason = reason;
    }
    signal_->changed.notify_all();
}

bool Group::aborted() const {
    const std::lock_guard<std::mutex> lock(signal_->mutex);
    return signal_->aborted;
}

std::shared_ptr<Group> Group::find(int64_t number) {
    const std::lock_guard<std::mutex> lock(groups_mutex);
    const auto found = groups.find(number);
    TORCH_CHECK(found != groups.end(), "the group of processes is closed");
    return found->second;
}

at::Tensor gather_over_ranks(int64_t group, const at::Tensor& tensor) { return Group::find(group)->gather(tensor); }

void sum_over_ranks(int64_t group, at::Tensor& tensor) { Group::find(group)->sum(tensor); }

}  // namespace seg

int32_t seg_group_open(seg_store* store, const char* address, int32_t rank, int32_t size, int32_t timeout_ms, int64_t* out_group) {
    return seg::guarded([&] {
        auto group = std::make_shared<seg::Group>(store->store, address, rank, size, std::chrono::milliseconds(timeout_ms));
        const std::lock_guard<std::mutex> lock(seg::groups_mutex);
        *out_group = ++seg::last_number;
        seg::groups.emplace(*out_group, std::move(group));
    });
}

int32_t seg_group_abort(int64_t group, const char* reason) {
    return seg::guarded([&] { seg::Group::find(group)->abort(reason); });
}

void seg_group_close(int64_t group) {
    seg::guarded([&] {
        std::shared_ptr<seg::Group> closing;
        {
            const std::lock_guard<std::mutex> lock(seg::groups_mutex);
            const auto found = seg::groups.find(group);
            if (found == seg::groups.end())
                return;
            closing = std::move(found->second);
            seg::groups.erase(found);
        }
        if (closing->aborted())
            new std::shared_ptr<seg::Group>(std::move(closing));  // on purpose never freed
    });
}

int32_t seg_group_sum(int64_t group, seg_tensor* tensor) {
    return seg::guarded([&] {
        at::Tensor values = seg::borrow(tensor);
        seg::Group::find(group)->sum(values);
    });
}

int32_t seg_group_gather(int64_t group, const seg_tensor* tensor, seg_tensor** out_all) {
    return seg::guarded([&] { *out_all = seg::release(seg::Group::find(group)->gather(seg::borrow(tensor))); });
}

int32_t seg_group_broadcast(int64_t group, seg_tensor* const* tensors, int32_t count, int32_t source) {
    return seg::guarded([&] { seg::Group::find(group)->broadcast(seg::borrow_all(tensors, count), source); });
}

#else

namespace seg {

at::Tensor gather_over_ranks(int64_t, const at::Tensor&) { TORCH_CHECK(false, "this libtorch was built without c10d's Gloo"); }
void sum_over_ranks(int64_t, at::Tensor&) { TORCH_CHECK(false, "this libtorch was built without c10d's Gloo"); }

}  // namespace seg

int32_t seg_group_open(seg_store*, const char*, int32_t, int32_t, int32_t, int64_t*) { return SEG_FAILED; }
int32_t seg_group_abort(int64_t, const char*) { return SEG_FAILED; }
void seg_group_close(int64_t) {}
int32_t seg_group_sum(int64_t, seg_tensor*) { return SEG_FAILED; }
int32_t seg_group_gather(int64_t, const seg_tensor*, seg_tensor**) { return SEG_FAILED; }
int32_t seg_group_broadcast(int64_t, seg_tensor* const*, int32_t, int32_t) { return SEG_FAILED; }

#endif
