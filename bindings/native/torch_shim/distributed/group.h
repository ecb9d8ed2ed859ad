// A group of processes: sums, gathers and broadcasts that another thread can put an end to.
#pragma once

#include "backend.h"

#ifdef SEG_GLOO

#include <ATen/core/Tensor.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace seg {

class Group {
public:
    Group(const Store& store, const std::string& address, int rank, int size, std::chrono::milliseconds timeout);

    int rank() const { return rank_; }
    int size() const { return size_; }

    // Begins a sum over the ranks, in place; the tensor is contiguous.
    Work start_sum(at::Tensor& tensor);
    // Waits for what was begun with a tensor. On a GPU, NCCL's work only makes what follows it there wait.
    void wait(const Work& work, const at::Tensor& tensor);

    void sum(at::Tensor& tensor);
    at::Tensor gather(const at::Tensor& tensor);
    void broadcast(const std::vector<at::Tensor>& tensors, int source);

    void abort(const std::string& reason);
    bool aborted() const;

    // The group of this number; fails where it is closed.
    static std::shared_ptr<Group> find(int64_t number);

private:
    // What waits, and whoever ends it. Callbacks of works keep it alive.
    struct Signal {
        std::mutex mutex;
        std::condition_variable changed;
        bool aborted = false;
        std::string reason;
    };

    Backend& backend_of(const at::Tensor& tensor) const;
    void require_going() const;

    const int rank_, size_;
    const std::shared_ptr<Signal> signal_ = std::make_shared<Signal>();
    c10::intrusive_ptr<Backend> gloo_, nccl_;
};

}  // namespace seg

#endif
