// Gradients added up over the ranks while backward runs, in the manner of PyTorch's DistributedDataParallel (Li et al., arXiv:2006.15704): gradients
// are views into flat buckets; hooks behind the nodes that accumulate them count down, and a full bucket is on its way while backward goes on.
#include "../boundary.h"
#include "distributed_shim.h"
#include "group.h"

#ifdef SEG_GLOO

#include <ATen/ATen.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/utils/lambda_post_hook.h>
#include <torch/csrc/autograd/variable.h>

#include <algorithm>
#include <numeric>

namespace seg {
namespace {

using at::Tensor;

class Reducer : public std::enable_shared_from_this<Reducer> {
public:
    Reducer(std::shared_ptr<Group> group, const std::vector<Tensor>& parameters, int64_t first_bytes, int64_t bucket_bytes)
        : group_(std::move(group)), first_bytes_(first_bytes), bucket_bytes_(bucket_bytes) {
        for (const Tensor& parameter : parameters) {
            TORCH_CHECK(parameter.is_leaf() && parameter.requires_grad(), "only leaves that require gradients are reduced");
            slots_.push_back({parameter, torch::autograd::impl::grad_accumulator(parameter), {}, 0, 0, false});
        }
        // Backward reaches the last layers first. The first step shows the true order.
        std::vector<int64_t> order(slots_.size());
        std::iota(order.rbegin(), order.rend(), 0);
        arrange(order);
    }

    void watch() {
        for (size_t index = 0; index < slots_.size(); ++index)
            slots_[index].accumulator->add_post_hook(std::make_unique<torch::autograd::utils::LambdaPostHook>(
                [reducer = weak_from_this(), index](const std::vector<Tensor>& outputs, const std::vector<Tensor>&) {
                    if (const auto alive = reducer.lock())
                        alive->gradient_stands(index);
                    return outputs;
                }));
    }

    void arm() {
        for (Slot& slot : slots_)
            slot.ready = false;
        for (Bucket& bucket : buckets_) {
            bucket.waiting = bucket.slots.size();
            bucket.work.reset();
        }
        next_ = 0;
        seen_.clear();
        armed_ = true;
    }

    void finish() {
        TORCH_CHECK(armed_, "the reducer was not armed before backward");
        const at::NoGradGuard without_gradient;
        const bool first = !arranged_by_use_;
        for (size_t index = 0; index < slots_.size(); ++index)
            if (!slots_[index].ready)
                take(index, /*used=*/slots_[index].parameter.grad().defined());
        start_full();
        for (Bucket& bucket : buckets_)
            group_->wait(bucket.work, bucket.flat);
        armed_ = false;
        for (Bucket& bucket : buckets_)
            hand_back(bucket);
        if (first)
            arrange_by_use();
    }

private:
    struct Slot {
        Tensor parameter;
        std::shared_ptr<torch::autograd::Node> accumulator;  // kept, as the parameter does not
        Tensor view;                                         // of the bucket, shaped and laid out as the parameter
        size_t bucket;
        int64_t place;                                       // among the bucket's slots
        bool ready;
    };

    // One flat tensor: the gradients, then a number for each that says how many ranks have used the parameter.
    struct Bucket {
        Tensor flat, uses;
        std::vector<size_t> slots;
        size_t waiting = 0;
        Work work;
    };

    void gradient_stands(size_t index) {
        if (!armed_)
            return;
        TORCH_CHECK(!slots_[index].ready, "backward has reached a parameter twice in one step");
        const at::NoGradGuard without_gradient;
        take(index, /*used=*/true);
        seen_.push_back(static_cast<int64_t>(index));
        start_full();
    }

    // Puts a gradient into its bucket, where it is not there already.
    void take(size_t index, bool used) {
        Slot& slot = slots_[index];
        Tensor& gradient = slot.parameter.mutable_grad();
        if (!used) {
            slot.view.zero_();
        } else if (!gradient.is_alias_of(slot.view)) {
            slot.view.copy_(gradient);
            gradient = slot.view;
        }
        Bucket& bucket = buckets_[slot.bucket];
        bucket.uses.narrow(0, slot.place, 1).fill_(used ? 1 : 0);
        slot.ready = true;
        --bucket.waiting;
    }

    // In one order, the same on all ranks, whichever bucket is full first.
    void start_full() {
        for (; next_ < buckets_.size() && buckets_[next_].waiting == 0; ++next_)
            buckets_[next_].work = group_->start_sum(buckets_[next_].flat);
    }

    void hand_back(Bucket& bucket) {
        bucket.work.reset();
        const Tensor uses = bucket.uses.to(at::kCPU, at::kDouble);
        for (size_t place = 0; place < bucket.slots.size(); ++place) {
            Slot& slot = slots_[bucket.slots[place]];
            if (uses.data_ptr<double>()[place] != 0)
                slot.parameter.mutable_grad() = slot.view;
        }
    }

    // Rank 0's order for all: backward may branch differently, and buckets must be the same everywhere.
    void arrange_by_use() {
        std::vector<bool> listed(slots_.size());
        for (const int64_t index : seen_)
            listed[index] = true;
        for (size_t index = slots_.size(); index-- > 0;)
            if (!listed[index])
                seen_.push_back(static_cast<int64_t>(index));
        Tensor order = at::tensor(seen_, at::kLong);
        group_->broadcast({order}, 0);
        arrange(std::vector<int64_t>(order.data_ptr<int64_t>(), order.data_ptr<int64_t>() + order.numel()));
        arranged_by_use_ = true;
    }

    void arrange(const std::vector<int64_t>& order) {
        buckets_.clear();
        int64_t bytes = 0;
        for (const int64_t index : order) {
            const Tensor& parameter = slots_[index].parameter;
            const int64_t more = static_cast<int64_t>(parameter.nbytes());
            const int64_t limit = buckets_.size() == 1 ? first_bytes_ : bucket_bytes_;
            if (buckets_.empty() || bytes + more > limit || !fits(buckets_.back(), parameter)) {
                buckets_.emplace_back();
                bytes = 0;
            }
            buckets_.back().slots.push_back(index);
            bytes += more;
        }
        for (size_t number = 0; number < buckets_.size(); ++number)
            allocate(number);
    }

    bool fits(const Bucket& bucket, const Tensor& parameter) const {
        const Tensor& first = slots_[bucket.slots[0]].parameter;
        return first.scalar_type() == parameter.scalar_type() && first.device() == parameter.device();
    }

    void allocate(size_t number) {
        const at::NoGradGuard without_gradient;
        Bucket& bucket = buckets_[number];
        int64_t elements = 0;
        for (const size_t index : bucket.slots)
            elements += slots_[index].parameter.numel();
        bucket.flat = at::zeros({elements + static_cast<int64_t>(bucket.slots.size())}, slots_[bucket.slots[0]].parameter.options().requires_grad(false));
        bucket.uses = bucket.flat.narrow(0, elements, bucket.slots.size());
        int64_t offset = 0;
        for (size_t place = 0; place < bucket.slots.size(); ++place) {
            Slot& slot = slots_[bucket.slots[place]];
            const Tensor& parameter = slot.parameter;
            slot.bucket = number;
            slot.place = static_cast<int64_t>(place);
            slot.view = parameter.is_non_overlapping_and_dense() ? bucket.flat.as_strided(parameter.sizes(), parameter.strides(), offset)
                                                                 : bucket.flat.narrow(0, offset, parameter.numel()).view(parameter.sizes());
            offset += parameter.numel();
        }
    }

    const std::shared_ptr<Group> group_;
    const int64_t first_bytes_, bucket_bytes_;
    std::vector<Slot> slots_;
    std::vector<Bucket> buckets_;
    std::vector<int64_t> seen_;
    size_t next_ = 0;
    bool armed_ = false, arranged_by_use_ = false;
};

}  // namespace
}  // namespace seg

struct seg_reducer_ {
    std::shared_ptr<seg::Reducer> reducer;
};

int32_t seg_reducer_new(int64_t group, seg_tensor* const* parameters, int32_t count, int64_t first_bytes, int64_t bucket_bytes,
                        seg_reducer** out_reducer) {
    return seg::guarded([&] {
        auto reducer = std::make_shared<seg::Reducer>(seg::Group::find(group), seg::borrow_all(parameters, count), first_bytes, bucket_bytes);
        reducer->watch();
        *out_reducer = new seg_reducer_{std::move(reducer)};
    });
}

int32_t seg_reducer_arm(seg_reducer* reducer) {
    return seg::guarded([&] { reducer->reducer->arm(); });
}

int32_t seg_reducer_finish(seg_reducer* reducer) {
    return seg::guarded([&] { reducer->reducer->finish(); });
}

void seg_reducer_free(seg_reducer* reducer) {
    seg::guarded([&] { delete reducer; });
}

#else

int32_t seg_reducer_new(int64_t, seg_tensor* const*, int32_t, int64_t, int64_t, seg_reducer**) { return SEG_FAILED; }
int32_t seg_reducer_arm(seg_reducer*) { return SEG_FAILED; }
int32_t seg_reducer_finish(seg_reducer*) { return SEG_FAILED; }
void seg_reducer_free(seg_reducer*) {}

#endif
