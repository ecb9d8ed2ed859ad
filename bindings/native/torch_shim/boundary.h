// What every export of the shim is wrapped in, and how references cross the boundary. See the rules in torch_shim.h.
#pragma once

#include "torch_shim.h"

#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>

#include <atomic>
#include <exception>
#include <new>
#include <vector>

namespace seg {

// Stores the text for seg_last_error; never throws.
void set_error(const char* text) noexcept;

// Runs `body` and turns whatever it throws into a code. No exception passes.
template <class Body>
int32_t guarded(Body&& body) noexcept {
    try {
        body();
        return SEG_OK;
    } catch (const c10::Error& error) {
        // what() ends with a C++ backtrace, which tells a C# caller nothing.
        set_error(error.what_without_backtrace());
        return SEG_FAILED;
    } catch (const std::bad_alloc&) {
        set_error("out of memory");
        return SEG_OUT_OF_MEMORY;
    } catch (const std::exception& error) {
        set_error(error.what());
        return SEG_FAILED;
    } catch (...) {
        set_error("an exception of unknown type was thrown in libtorch");
        return SEG_FAILED;
    }
}

extern std::atomic<int64_t> live_tensors;

// Hands one reference over to C#; NULL for an undefined tensor.
inline seg_tensor* release(at::Tensor&& tensor) {
    if (!tensor.defined())
        return nullptr;
    live_tensors.fetch_add(1, std::memory_order_relaxed);
    return reinterpret_cast<seg_tensor*>(tensor.unsafeReleaseTensorImpl());
}

inline c10::TensorImpl* implementation(const seg_tensor* tensor) {
    return reinterpret_cast<c10::TensorImpl*>(const_cast<seg_tensor*>(tensor));
}

// A new reference of our own to a tensor that C# keeps; undefined for NULL.
inline at::Tensor borrow_or_undefined(const seg_tensor* tensor) {
    return tensor == nullptr
        ? at::Tensor()
        : at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::unsafe_reclaim_from_nonowning(implementation(tensor)));
}

// As borrow_or_undefined; a NULL is an error.
inline at::Tensor borrow(const seg_tensor* tensor) {
    TORCH_CHECK(tensor != nullptr, "the tensor is null");
    return borrow_or_undefined(tensor);
}

inline std::vector<at::Tensor> borrow_all(seg_tensor* const* tensors, int32_t count) {
    std::vector<at::Tensor> result;
    result.reserve(count);
    for (int32_t i = 0; i < count; i++)
        result.push_back(borrow_or_undefined(tensors[i]));
    return result;
}

}  // namespace seg
