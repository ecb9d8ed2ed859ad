// The store of keys by which processes find each other.
#include "../boundary.h"
#include "backend.h"
#include "distributed_shim.h"
#include "store.h"

#include <cstdlib>
#include <cstring>

#ifdef SEG_GLOO

int32_t seg_store_open(const char* host, int32_t port, int32_t is_server, const char* prefix, int32_t timeout_ms, seg_store** out_store) {
    return seg::guarded([&] {
        const auto options = seg::store_options(port, is_server != 0, std::chrono::milliseconds(timeout_ms));
        auto tcp = c10::make_intrusive<c10d::TCPStore>(std::string(host), options);
        const int32_t used = tcp->getPort();
        *out_store = new seg_store_{c10::make_intrusive<c10d::PrefixStore>(std::string(prefix), std::move(tcp)), used};
    });
}

int32_t seg_store_port(const seg_store* store, int32_t* out_port) {
    return seg::guarded([&] { *out_port = store->port; });
}

int32_t seg_store_set(seg_store* store, const char* key, const uint8_t* data, int32_t length) {
    return seg::guarded([&] { store->store->set(key, std::vector<uint8_t>(data, data + length)); });
}

int32_t seg_store_get(seg_store* store, const char* key, uint8_t** out_data, int32_t* out_length) {
    return seg::guarded([&] {
        const std::vector<uint8_t> value = store->store->get(key);
        auto* copy = static_cast<uint8_t*>(std::malloc(value.empty() ? 1 : value.size()));
        if (copy == nullptr)
            throw std::bad_alloc();
        std::memcpy(copy, value.data(), value.size());
        *out_data = copy;
        *out_length = static_cast<int32_t>(value.size());
    });
}

int32_t seg_store_add(seg_store* store, const char* key, int64_t amount, int64_t* out_sum) {
    return seg::guarded([&] { *out_sum = store->store->add(key, amount); });
}

int32_t seg_store_check(seg_store* store, const char* key, int32_t* out_there) {
    return seg::guarded([&] { *out_there = store->store->check({key}); });
}

void seg_store_free(seg_store* store) {
    seg::guarded([&] { delete store; });
}

int32_t seg_distributed_available(void) { return 1; }

#else

// A libtorch without c10d or Gloo: nothing can be opened, so nothing else is ever called with something open.
int32_t seg_store_open(const char*, int32_t, int32_t, const char*, int32_t, seg_store**) {
    return seg::guarded([] { TORCH_CHECK(false, "this libtorch was built without c10d's Gloo"); });
}
int32_t seg_store_port(const seg_store*, int32_t*) { return SEG_FAILED; }
int32_t seg_store_set(seg_store*, const char*, const uint8_t*, int32_t) { return SEG_FAILED; }
int32_t seg_store_get(seg_store*, const char*, uint8_t**, int32_t*) { return SEG_FAILED; }
int32_t seg_store_add(seg_store*, const char*, int64_t, int64_t*) { return SEG_FAILED; }
int32_t seg_store_check(seg_store*, const char*, int32_t*) { return SEG_FAILED; }
void seg_store_free(seg_store*) {}
int32_t seg_distributed_available(void) { return 0; }

#endif
