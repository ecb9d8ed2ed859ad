// Copies to a GPU that run beside its work: on a stream of their own, of which there is one a GPU. c10's interfaces of devices do all of it, so that
// neither CUDA's headers nor its libraries are needed here.
#include "boundary.h"

#include <ATen/ATen.h>
#include <c10/core/DeviceGuard.h>
#include <c10/core/Event.h>
#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <map>
#include <memory>
#include <mutex>

struct seg_copy_ {
    c10::Device device;
    c10::Event done;
};

namespace {

// One for the whole process: libtorch keeps freed memory by stream, and copies on many streams would each keep their own.
c10::Stream copy_stream(c10::Device device) {
    static std::mutex gate;
    static std::map<c10::DeviceIndex, c10::Stream> streams;
    const std::lock_guard<std::mutex> lock(gate);
    const auto known = streams.find(device.index());
    if (known != streams.end())
        return known->second;
    return streams.emplace(device.index(), c10::impl::VirtualGuardImpl(device.type()).getStreamFromGlobalPool(device)).first->second;
}

c10::Device device_of(int32_t type, int32_t index) {
    const auto device_type = static_cast<c10::DeviceType>(type);
    if (device_type != c10::DeviceType::CUDA || index >= 0)
        return c10::Device(device_type, static_cast<c10::DeviceIndex>(device_type == c10::DeviceType::CPU ? -1 : index));
    TORCH_CHECK(at::globalContext().hasCUDA(), "this libtorch or machine has no CUDA");
    return c10::impl::VirtualGuardImpl(device_type).getDevice();
}

std::vector<at::Tensor> copied(const std::vector<at::Tensor>& sources, c10::Device device, bool non_blocking) {
    std::vector<at::Tensor> results;
    for (const at::Tensor& source : sources)
        results.push_back(source.to(device, source.scalar_type(), non_blocking, /*copy=*/true));
    return results;
}

}  // namespace

int32_t seg_copy_start(seg_tensor* const* sources, int32_t count, int32_t device_type, int32_t index, seg_tensor** out_tensors,
                       seg_copy** out_copy) {
    return seg::guarded([&] {
        const c10::Device device = device_of(device_type, index);
        const std::vector<at::Tensor> given = seg::borrow_all(sources, count);
        for (const at::Tensor& source : given)
            TORCH_CHECK(source.defined(), "a tensor to copy is null");
        auto copy = std::make_unique<seg_copy_>(seg_copy_{device, c10::Event(device.type())});
        std::vector<at::Tensor> results;
        if (device.is_cuda()) {
            const c10::DeviceGuard on_device(device);
            const c10::Stream stream = copy_stream(device);
            const c10::StreamGuard on_stream(stream);
            results = copied(given, device, /*non_blocking=*/true);
            copy->done.record(stream);
        } else {
            results = copied(given, device, /*non_blocking=*/false);
        }
        for (int32_t i = 0; i < count; i++)
            out_tensors[i] = seg::release(std::move(results[i]));
        *out_copy = copy.release();
    });
}

int32_t seg_copy_wait(seg_copy* copy, seg_tensor* const* tensors, int32_t count) {
    return seg::guarded([&] {
        TORCH_CHECK(copy != nullptr, "the copy is null");
        if (!copy->device.is_cuda())
            return;
        const c10::Stream current = c10::impl::VirtualGuardImpl(copy->device.type()).getStream(copy->device);
        copy->done.block(current);
        // Their memory belongs to the other stream: once freed, it must not be filled again before this one has done with it.
        for (const at::Tensor& tensor : seg::borrow_all(tensors, count))
            tensor.record_stream(current);
    });
}

void seg_copy_free(seg_copy* copy) {
    seg::guarded([&] { delete copy; });
}
