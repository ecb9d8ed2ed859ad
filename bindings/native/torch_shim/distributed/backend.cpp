#include "backend.h"

#ifdef SEG_GLOO

#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#ifdef SEG_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

#include <cstdlib>
#include <type_traits>

namespace seg {
namespace {

// Since 2.1 a server may run on libuv, which some builds lack; the plain one speaks the same to clients.
template <class Options, class = void>
struct LibUv {
    static void leave_out(Options&) {}
};

template <class Options>
struct LibUv<Options, std::void_t<decltype(std::declval<Options>().useLibUV)>> {
    static void leave_out(Options& options) { options.useLibUV = false; }
};

}  // namespace

c10d::TCPStoreOptions store_options(int port, bool is_server, std::chrono::milliseconds timeout) {
    c10d::TCPStoreOptions options;
    options.port = static_cast<std::uint16_t>(port);
    options.isServer = is_server;
    options.waitWorkers = false;
    options.timeout = timeout;
    LibUv<c10d::TCPStoreOptions>::leave_out(options);
    return options;
}

c10::intrusive_ptr<Backend> make_gloo(const Store& store, const std::string& address, int rank, int size, std::chrono::milliseconds timeout) {
    auto options = c10d::ProcessGroupGloo::Options::create(timeout);
    const char* interface = std::getenv("GLOO_SOCKET_IFNAME");
    options->devices.push_back(interface != nullptr && *interface != '\0' ? c10d::ProcessGroupGloo::createDeviceForInterface(interface)
                                                                          : c10d::ProcessGroupGloo::createDeviceForHostname(address));
    options->threads = 2;
    return c10::make_intrusive<c10d::ProcessGroupGloo>(store, rank, size, options);
}

c10::intrusive_ptr<Backend> make_nccl(const Store& store, int rank, int size, std::chrono::milliseconds timeout) {
#ifdef SEG_NCCL
    auto options = c10d::ProcessGroupNCCL::Options::create();
    options->timeout = timeout;
    return c10::make_intrusive<c10d::ProcessGroupNCCL>(store, rank, size, options);
#else
    (void)store, (void)rank, (void)size, (void)timeout;
    return {};
#endif
}

}  // namespace seg

#endif
