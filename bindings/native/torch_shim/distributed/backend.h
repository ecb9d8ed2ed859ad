// What differs between the c10d of libtorch's versions: the class of a backend, and how one is made.
#pragma once

#ifdef SEG_GLOO

#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#include <torch/csrc/distributed/c10d/Types.hpp>
#include <torch/csrc/distributed/c10d/Work.hpp>
#include <torch/version.h>

#if TORCH_VERSION_MAJOR >= 2
#include <torch/csrc/distributed/c10d/Backend.hpp>
#else
#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>
#endif

#include <chrono>
#include <string>

namespace seg {

#if TORCH_VERSION_MAJOR >= 2
using Backend = c10d::Backend;
#else
using Backend = c10d::ProcessGroup;
#endif
using Store = c10::intrusive_ptr<c10d::Store>;
using Work = c10::intrusive_ptr<c10d::Work>;

// A store's options; the plain server, which every libtorch has.
c10d::TCPStoreOptions store_options(int port, bool is_server, std::chrono::milliseconds timeout);

c10::intrusive_ptr<Backend> make_gloo(const Store& store, const std::string& address, int rank, int size, std::chrono::milliseconds timeout);

// For tensors on a GPU; null where the shim was compiled without NCCL.
c10::intrusive_ptr<Backend> make_nccl(const Store& store, int rank, int size, std::chrono::milliseconds timeout);

}  // namespace seg

#endif
