// References to tensors: their count, what they say about themselves, raw memory in and out.
#include "boundary.h"

#include <ATen/ops/from_blob.h>

#include <algorithm>

std::atomic<int64_t> seg::live_tensors{0};

void seg_tensor_free(seg_tensor* tensor) {
    if (tensor == nullptr)
        return;
    seg::live_tensors.fetch_sub(1, std::memory_order_relaxed);
    // Freeing may run a deleter of foreign memory or tear a graph down; nothing that these throw may pass.
    seg::guarded([&] { c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(seg::implementation(tensor)); });
}

int64_t seg_tensor_live(void) { return seg::live_tensors.load(std::memory_order_relaxed); }

int32_t seg_tensor_alias(const seg_tensor* tensor, seg_tensor** out_alias) {
    return seg::guarded([&] { *out_alias = seg::release(seg::borrow(tensor)); });
}

int64_t seg_tensor_dim(const seg_tensor* tensor) { return tensor == nullptr ? 0 : seg::implementation(tensor)->dim(); }

int64_t seg_tensor_numel(const seg_tensor* tensor) { return tensor == nullptr ? 0 : seg::implementation(tensor)->numel(); }

int32_t seg_tensor_dtype(const seg_tensor* tensor) {
    return tensor == nullptr ? -1 : static_cast<int32_t>(c10::typeMetaToScalarType(seg::implementation(tensor)->dtype()));
}

int32_t seg_tensor_element_size(const seg_tensor* tensor) {
    return tensor == nullptr ? 0 : static_cast<int32_t>(seg::implementation(tensor)->itemsize());
}

int32_t seg_tensor_requires_grad(const seg_tensor* tensor) {
    if (tensor == nullptr)
        return 0;
    int32_t result = 0;
    seg::guarded([&] { result = seg::borrow(tensor).requires_grad(); });
    return result;
}

int64_t seg_tensor_device(const seg_tensor* tensor) {
    if (tensor == nullptr)
        return 0;
    int64_t result = 0;
    seg::guarded([&] {
        const c10::Device device = seg::implementation(tensor)->device();
        result = static_cast<int64_t>(device.type()) << 32 | static_cast<uint32_t>(static_cast<int32_t>(device.index()));
    });
    return result;
}

int32_t seg_tensor_sizes(const seg_tensor* tensor, int64_t* sizes, int32_t capacity) {
    return seg::guarded([&] {
        const at::Tensor source = seg::borrow(tensor);
        const at::IntArrayRef all = source.sizes();
        std::copy_n(all.begin(), std::min<int64_t>(capacity, all.size()), sizes);
    });
}

int32_t seg_tensor_strides(const seg_tensor* tensor, int64_t* strides, int32_t capacity) {
    return seg::guarded([&] {
        const at::Tensor source = seg::borrow(tensor);
        const at::IntArrayRef all = source.strides();
        std::copy_n(all.begin(), std::min<int64_t>(capacity, all.size()), strides);
    });
}

int32_t seg_tensor_storage_offset(const seg_tensor* tensor, int64_t* out_offset) {
    return seg::guarded([&] { *out_offset = seg::borrow(tensor).storage_offset(); });
}

int32_t seg_tensor_is_contiguous(const seg_tensor* tensor, int32_t memory_format, int32_t* out_result) {
    return seg::guarded([&] { *out_result = seg::borrow(tensor).is_contiguous(static_cast<at::MemoryFormat>(memory_format)); });
}

int32_t seg_tensor_data(const seg_tensor* tensor, void** out_data) {
    return seg::guarded([&] {
        const at::Tensor source = seg::borrow(tensor);
        TORCH_CHECK(source.layout() == at::kStrided, "a tensor of layout ", source.layout(), " has no plain memory");
        TORCH_CHECK(!source.is_meta(), "a meta tensor has no memory");
        *out_data = source.data_ptr();
    });
}

int32_t seg_tensor_from_memory(void* data, const int64_t* sizes, int32_t dim, int32_t dtype, void (*deleter)(void*), void* context,
                               seg_tensor** out_tensor) {
    return seg::guarded([&] {
        const auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype));
        *out_tensor = seg::release(at::from_blob(
            data, at::IntArrayRef(sizes, dim), [deleter, context](void*) { if (deleter != nullptr) deleter(context); }, options));
    });
}

int32_t seg_tensor_set_data(seg_tensor* tensor, const seg_tensor* source) {
    return seg::guarded([&] { seg::borrow(tensor).set_data(seg::borrow(source)); });
}
