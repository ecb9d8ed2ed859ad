// The last error of each thread, and what this libtorch is.
#include "boundary.h"

#include <ATen/Version.h>
#include <torch/version.h>

#include <string>

namespace {

thread_local std::string last_error;

}  // namespace

void seg::set_error(const char* text) noexcept {
    try {
        last_error = text == nullptr ? "" : text;
    } catch (...) {
        last_error.clear();
    }
}

const char* seg_last_error(void) { return last_error.c_str(); }

const char* seg_torch_version(void) { return TORCH_VERSION; }

int32_t seg_torch_config(const char** out_text) {
    return seg::guarded([&] {
        static const std::string text = at::show_config();
        *out_text = text.c_str();
    });
}
