/* The C boundary between the TorchSharp binding and libtorch:
 *
 *     C# (bindings/TorchSharp)  ->  torch_shim (this header)  ->  libtorch (c10, ATen, autograd)
 *
 * Rules
 *  - No C++ type and no exception crosses it. Every function returns SEG_OK, or another code with the text in seg_last_error() for this thread;
 *    functions that cannot fail return their result and say so.
 *  - A seg_tensor is one counted reference to a tensor. `out_` parameters hand over a new reference, which the caller frees with
 *    seg_tensor_free; every other tensor is borrowed for the call. The same holds for seg_generator. NULL stands for "no tensor".
 *  - A freed reference must not be passed again: the C# side clears its handle before it frees.
 *  - Types of devices and elements are libtorch's own numbers (c10::DeviceType, c10::ScalarType), which TorchSharp's enums repeat.
 *  - Strings are UTF-8 with an explicit length where they come in, and end with a zero where they go out.
 *  - Any function may be called from any thread; what it says "of this thread" acts on the calling thread alone.
 */
#pragma once

#include <stdint.h>

#define SEG_API extern "C" __attribute__((visibility("default")))

typedef struct seg_tensor_ seg_tensor;       /* c10::TensorImpl */
typedef struct seg_generator_ seg_generator; /* c10::GeneratorImpl */
typedef struct seg_copy_ seg_copy;           /* copies on their way to a GPU */
typedef struct seg_graph_ seg_graph;         /* work of a GPU, recorded */
typedef struct seg_operator_ seg_operator;   /* an operator's handle, schema and defaults; lives as long as the process */

enum {
    SEG_OK = 0,
    SEG_FAILED = 1,        /* libtorch rejected the call, or the arguments do not fit the operator */
    SEG_OUT_OF_MEMORY = 2,
};

/* What a seg_value holds; C#'s ValueKind repeats these numbers. */
enum {
    SEG_NONE = 0,
    SEG_INT = 1,
    SEG_DOUBLE = 2,
    SEG_BOOL = 3,
    SEG_STRING = 4,
    SEG_TENSOR = 5,
    SEG_INT_LIST = 6,
    SEG_DOUBLE_LIST = 7,
    SEG_TENSOR_LIST = 8, /* NULL elements are absent tensors */
    SEG_DEVICE = 9,
    SEG_GENERATOR = 10,
    SEG_BOOL_LIST = 11,
};

/* One argument or result of an operator. Lists and strings are `length` elements at `pointer`. */
typedef struct {
    int32_t kind;
    int32_t length; /* elements of a list, bytes of a string, the device's type (index in `integer`) */
    union {
        int64_t integer; /* int, bool, device index (-1: the current one) */
        double real;
        const void* pointer;
    };
} seg_value;

/* ---- errors, version -------------------------------------------------------------------------------------------------------------- */

/* The text of this thread's last failure; valid until its next failure. Never NULL. */
SEG_API const char* seg_last_error(void);

/* libtorch's version as compiled against, "1.13.1". Never fails. */
SEG_API const char* seg_torch_version(void);

/* How libtorch was built and which CPU instructions its kernels use ("CPU capability usage: AVX2"), many lines; valid as long as the process. */
SEG_API int32_t seg_torch_config(const char** out_text);

/* Lets the C library keep freed memory for the next tensors instead of giving it back to the system; for the whole process. Returns 1, or 0
 * where the C library has no such setting (allocator.cpp). Never fails. */
SEG_API int32_t seg_keep_freed_memory(void);

/* ---- operators (call.cpp) --------------------------------------------------------------------------------------------------------- */

/* Looks an operator up: "aten::add", "Tensor". Fails where libtorch has none of that name. */
SEG_API int32_t seg_operator_find(const char* name, const char* overload, const seg_operator** out_operator);

/* The operator's schema as text; valid as long as the process. Never fails. */
SEG_API const char* seg_operator_schema(const seg_operator* op);

/* Number of results. Never fails. */
SEG_API int32_t seg_operator_result_count(const seg_operator* op);

/* Calls an operator through the c10 dispatcher. Arguments stand in the schema's order; trailing ones may be left out where the schema has a
 * default. Fails on a wrong count or kind of argument, or whatever the operator itself rejects. Results: tensors are new references; lists are
 * allocated here and freed with seg_list_free (their tensors one by one); strings are returned as SEG_NONE. */
SEG_API int32_t seg_call(const seg_operator* op, const seg_value* arguments, int32_t argument_count, seg_value* out_results,
                         int32_t result_capacity, int32_t* out_result_count);

/* Frees the array of a list that seg_call returned. */
SEG_API void seg_list_free(const void* list);

/* ---- tensors (tensor.cpp) --------------------------------------------------------------------------------------------------------- */

/* Drops one reference. NULL is allowed. Never fails. */
SEG_API void seg_tensor_free(seg_tensor* tensor);

/* References that were handed out and are not freed yet. Never fails. */
SEG_API int64_t seg_tensor_live(void);

/* Another reference to the same tensor. */
SEG_API int32_t seg_tensor_alias(const seg_tensor* tensor, seg_tensor** out_alias);

/* These never fail. */
SEG_API int64_t seg_tensor_dim(const seg_tensor* tensor);
SEG_API int64_t seg_tensor_numel(const seg_tensor* tensor);
SEG_API int32_t seg_tensor_dtype(const seg_tensor* tensor);
SEG_API int32_t seg_tensor_element_size(const seg_tensor* tensor);
SEG_API int32_t seg_tensor_requires_grad(const seg_tensor* tensor);
/* Low 32 bits: the device's index (-1 none); high 32 bits: its type. */
SEG_API int64_t seg_tensor_device(const seg_tensor* tensor);

/* Copies min(capacity, dim) sizes or strides. Fails for a layout that has none (sparse strides). */
SEG_API int32_t seg_tensor_sizes(const seg_tensor* tensor, int64_t* sizes, int32_t capacity);
SEG_API int32_t seg_tensor_strides(const seg_tensor* tensor, int64_t* strides, int32_t capacity);
SEG_API int32_t seg_tensor_storage_offset(const seg_tensor* tensor, int64_t* out_offset);

/* memory_format is c10::MemoryFormat (0 contiguous, 2 channels last). */
SEG_API int32_t seg_tensor_is_contiguous(const seg_tensor* tensor, int32_t memory_format, int32_t* out_result);

/* The address of the first element, in the device's memory; borrowed from the tensor. NULL for a tensor without elements. */
SEG_API int32_t seg_tensor_data(const seg_tensor* tensor, void** out_data);

/* A contiguous CPU tensor over `data`, which stays the caller's until `deleter(context)` is called, from any thread, once. */
SEG_API int32_t seg_tensor_from_memory(void* data, const int64_t* sizes, int32_t dim, int32_t dtype, void (*deleter)(void*), void* context,
                                       seg_tensor** out_tensor);

/* Makes `tensor` point at the memory, sizes and type of `source`; autograd keeps knowing it as the same tensor (as Python's `tensor.data = source`). */
SEG_API int32_t seg_tensor_set_data(seg_tensor* tensor, const seg_tensor* source);

/* ---- copies to a GPU beside its work (device_copy.cpp) ---------------------------------------------------------------------------- */

/* Copies tensors to a device (index -1: the current one). To a GPU on a stream that serves copies alone, without waiting: the sources must lie in pinned
 * memory to gain by it, and stay as they are until the device's current stream has got past seg_copy_wait. Elsewhere it is done on return. */
SEG_API int32_t seg_copy_start(seg_tensor* const* sources, int32_t count, int32_t device_type, int32_t index, seg_tensor** out_tensors,
                               seg_copy** out_copy);

/* Lets the current stream of this thread, not the thread, wait for the copies; then they may be used on that stream. */
SEG_API int32_t seg_copy_wait(seg_copy* copy, seg_tensor* const* tensors, int32_t count);

/* NULL is allowed. Never fails. */
SEG_API void seg_copy_free(seg_copy* copy);

/* ---- CUDA graphs (cuda_graph.cpp) -------------------------------------------------------------------------------------------------- */

/* An empty graph of a GPU (index -1: the current one) and a stream for it. Fails where libtorch or the machine has no CUDA. */
SEG_API int32_t seg_graph_new(int32_t index, seg_graph** out_graph);

/* Puts this thread on the graph's stream, until it leaves. With capture != 0 what it gives the GPU is recorded and not done: the memory that is taken
 * stays the graph's, nothing may be read back, and nobody may wait for the GPU; once a graph. The GPU must have nothing to do then. */
SEG_API int32_t seg_graph_enter(seg_graph* graph, int32_t capture);

/* Back to the stream of before, on the same thread. Fails where something could not be recorded; the thread is back all the same. */
SEG_API int32_t seg_graph_leave(seg_graph* graph);

/* Does what was recorded, on the current stream, with what the same memory holds now. */
SEG_API int32_t seg_graph_replay(seg_graph* graph);

/* NULL is allowed. Never fails. */
SEG_API void seg_graph_free(seg_graph* graph);

/* ---- gradients (autograd.cpp) ----------------------------------------------------------------------------------------------------- */

SEG_API int32_t seg_tensor_set_requires_grad(seg_tensor* tensor, int32_t requires_grad);
SEG_API int32_t seg_tensor_is_leaf(const seg_tensor* tensor, int32_t* out_result);
SEG_API int32_t seg_tensor_retain_grad(seg_tensor* tensor);

/* The accumulated gradient, NULL where there is none. */
SEG_API int32_t seg_tensor_grad(const seg_tensor* tensor, seg_tensor** out_gradient);

/* Sets (or with NULL drops) the accumulated gradient. */
SEG_API int32_t seg_tensor_set_grad(seg_tensor* tensor, const seg_tensor* gradient);

/* Accumulates gradients into leaves. gradients: as many as tensors, NULL elements allowed. inputs: where to accumulate, none means every leaf. */
SEG_API int32_t seg_backward(seg_tensor* const* tensors, int32_t count, seg_tensor* const* gradients, int32_t gradient_count,
                             seg_tensor* const* inputs, int32_t input_count, int32_t retain_graph, int32_t create_graph);

/* Gradients of outputs by inputs, input_count of them; NULL for an unused input if allowed. */
SEG_API int32_t seg_grad(seg_tensor* const* outputs, int32_t output_count, seg_tensor* const* inputs, int32_t input_count,
                         seg_tensor* const* gradients, int32_t gradient_count, int32_t retain_graph, int32_t create_graph,
                         int32_t allow_unused, seg_tensor** out_gradients);

/* Whether operators of this thread record for gradients. */
SEG_API int32_t seg_grad_mode(int32_t* out_enabled);
SEG_API int32_t seg_set_grad_mode(int32_t enabled);

/* Inference mode of this thread; leave it with what enter gave, on the same thread, innermost first. */
SEG_API int32_t seg_inference_mode(int32_t* out_enabled);
SEG_API int32_t seg_inference_enter(int32_t enabled, void** out_guard);
SEG_API int32_t seg_inference_leave(void* guard);

/* Anomaly detection in backward, for the whole process. */
SEG_API int32_t seg_set_anomaly(int32_t enabled, int32_t check_nan);
SEG_API int32_t seg_anomaly(int32_t* out_enabled, int32_t* out_check_nan);

/* ---- autocast of this thread (autocast.cpp) --------------------------------------------------------------------------------------- */

SEG_API int32_t seg_autocast_get(int32_t device_type, int32_t* out_enabled, int32_t* out_dtype);
SEG_API int32_t seg_autocast_set(int32_t device_type, int32_t enabled, int32_t dtype);

/* Every enter needs one leave; the outermost leave drops the cached casts of weights. */
SEG_API int32_t seg_autocast_enter(void);
SEG_API int32_t seg_autocast_leave(void);

/* ---- random numbers, threads, devices (context.cpp) ------------------------------------------------------------------------------- */

/* Seeds the default generators of every device. */
SEG_API int32_t seg_manual_seed(int64_t seed);

SEG_API int32_t seg_generator_default(int32_t device_type, int32_t index, seg_generator** out_generator);
SEG_API int32_t seg_generator_new(int32_t device_type, int32_t index, int64_t seed, seg_generator** out_generator);
SEG_API void seg_generator_free(seg_generator* generator);
SEG_API int32_t seg_generator_seed(seg_generator* generator, int64_t seed);
SEG_API int32_t seg_generator_initial_seed(const seg_generator* generator, int64_t* out_seed);
SEG_API int32_t seg_generator_state(const seg_generator* generator, seg_tensor** out_state);
SEG_API int32_t seg_generator_set_state(seg_generator* generator, const seg_tensor* state);

SEG_API int32_t seg_threads(int32_t* out_count);
SEG_API int32_t seg_set_threads(int32_t count);
SEG_API int32_t seg_interop_threads(int32_t* out_count);
SEG_API int32_t seg_set_interop_threads(int32_t count);

SEG_API int32_t seg_cuda_available(int32_t* out_result);
SEG_API int32_t seg_cudnn_available(int32_t* out_result);
SEG_API int32_t seg_cuda_device_count(int32_t* out_count);
SEG_API int32_t seg_cuda_synchronize(int32_t index);
SEG_API int32_t seg_set_cudnn_benchmark(int32_t enabled);
/* Whether float32 products on GPUs may round their factors to TF32's 10 bits: matrix products (cuBLAS), convolutions (cuDNN). */
SEG_API int32_t seg_tf32(int32_t* out_matmul, int32_t* out_cudnn);
SEG_API int32_t seg_set_tf32_matmul(int32_t enabled);
SEG_API int32_t seg_set_tf32_cudnn(int32_t enabled);
SEG_API int32_t seg_set_deterministic(int32_t enabled, int32_t warn_only);
/* Subnormal numbers count as zero in libtorch's CPU kernels of this thread; out_done is 0 where the CPU cannot. */
SEG_API int32_t seg_set_flush_denormal(int32_t enabled, int32_t* out_done);
