using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The functions of bindings/native/torch_shim/torch_shim.h, one to one; that header says what each does.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = NativeLibraryResolver.LibraryName;

    [LibraryImport(Library)] internal static partial byte* seg_last_error();
    [LibraryImport(Library)] internal static partial byte* seg_torch_version();
    [LibraryImport(Library)] internal static partial int seg_torch_config(byte** text);

    [LibraryImport(Library)] internal static partial int seg_keep_freed_memory();

    [LibraryImport(Library)] internal static partial int seg_operator_find(byte* name, byte* overload, nint* op);
    [LibraryImport(Library)] internal static partial byte* seg_operator_schema(nint op);
    [LibraryImport(Library)] internal static partial int seg_operator_result_count(nint op);
    [LibraryImport(Library)]
    internal static partial int seg_call(
        nint op, NativeValue* arguments, int argumentCount, NativeValue* results, int resultCapacity, int* resultCount);
    [LibraryImport(Library)] internal static partial void seg_list_free(void* list);

    [LibraryImport(Library)] internal static partial void seg_tensor_free(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long seg_tensor_live();
    [LibraryImport(Library)] internal static partial int seg_tensor_alias(nint tensor, nint* alias);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long seg_tensor_dim(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long seg_tensor_numel(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int seg_tensor_dtype(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int seg_tensor_element_size(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int seg_tensor_requires_grad(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long seg_tensor_device(nint tensor);
    [LibraryImport(Library)] internal static partial int seg_tensor_sizes(nint tensor, long* sizes, int capacity);
    [LibraryImport(Library)] internal static partial int seg_tensor_strides(nint tensor, long* strides, int capacity);
    [LibraryImport(Library)] internal static partial int seg_tensor_storage_offset(nint tensor, long* offset);
    [LibraryImport(Library)] internal static partial int seg_tensor_is_contiguous(nint tensor, int memoryFormat, int* result);
    [LibraryImport(Library)] internal static partial int seg_tensor_data(nint tensor, void** data);
    [LibraryImport(Library)]
    internal static partial int seg_tensor_from_memory(
        void* data, long* sizes, int dim, int dtype, delegate* unmanaged[Cdecl]<void*, void> deleter, void* context, nint* tensor);
    [LibraryImport(Library)] internal static partial int seg_tensor_set_data(nint tensor, nint source);

    [LibraryImport(Library)] internal static partial int seg_tensor_set_requires_grad(nint tensor, int requiresGrad);
    [LibraryImport(Library)] internal static partial int seg_tensor_is_leaf(nint tensor, int* result);
    [LibraryImport(Library)] internal static partial int seg_tensor_retain_grad(nint tensor);
    [LibraryImport(Library)] internal static partial int seg_tensor_grad(nint tensor, nint* gradient);
    [LibraryImport(Library)] internal static partial int seg_tensor_set_grad(nint tensor, nint gradient);
    [LibraryImport(Library)]
    internal static partial int seg_backward(
        nint* tensors, int count, nint* gradients, int gradientCount, nint* inputs, int inputCount, int retainGraph, int createGraph);
    [LibraryImport(Library)]
    internal static partial int seg_grad(
        nint* outputs, int outputCount, nint* inputs, int inputCount, nint* gradients, int gradientCount,
        int retainGraph, int createGraph, int allowUnused, nint* results);
    [LibraryImport(Library)] internal static partial int seg_grad_mode(int* enabled);
    [LibraryImport(Library)] internal static partial int seg_set_grad_mode(int enabled);
    [LibraryImport(Library)] internal static partial int seg_inference_mode(int* enabled);
    [LibraryImport(Library)] internal static partial int seg_inference_enter(int enabled, nint* guard);
    [LibraryImport(Library)] internal static partial int seg_inference_leave(nint guard);
    [LibraryImport(Library)] internal static partial int seg_set_anomaly(int enabled, int checkNan);
    [LibraryImport(Library)] internal static partial int seg_anomaly(int* enabled, int* checkNan);

    [LibraryImport(Library)] internal static partial int seg_autocast_get(int deviceType, int* enabled, int* dtype);
    [LibraryImport(Library)] internal static partial int seg_autocast_set(int deviceType, int enabled, int dtype);
    [LibraryImport(Library)] internal static partial int seg_autocast_enter();
    [LibraryImport(Library)] internal static partial int seg_autocast_leave();

    [LibraryImport(Library)] internal static partial int seg_manual_seed(long seed);
    [LibraryImport(Library)] internal static partial int seg_generator_default(int deviceType, int index, nint* generator);
    [LibraryImport(Library)] internal static partial int seg_generator_new(int deviceType, int index, long seed, nint* generator);
    [LibraryImport(Library)] internal static partial void seg_generator_free(nint generator);
    [LibraryImport(Library)] internal static partial int seg_generator_seed(nint generator, long seed);
    [LibraryImport(Library)] internal static partial int seg_generator_initial_seed(nint generator, long* seed);
    [LibraryImport(Library)] internal static partial int seg_generator_state(nint generator, nint* state);
    [LibraryImport(Library)] internal static partial int seg_generator_set_state(nint generator, nint state);

    [LibraryImport(Library)] internal static partial int seg_threads(int* count);
    [LibraryImport(Library)] internal static partial int seg_set_threads(int count);
    [LibraryImport(Library)] internal static partial int seg_interop_threads(int* count);
    [LibraryImport(Library)] internal static partial int seg_set_interop_threads(int count);
    [LibraryImport(Library)] internal static partial int seg_cuda_available(int* result);
    [LibraryImport(Library)] internal static partial int seg_cudnn_available(int* result);
    [LibraryImport(Library)] internal static partial int seg_cuda_device_count(int* count);
    [LibraryImport(Library)] internal static partial int seg_cuda_synchronize(int index);
    [LibraryImport(Library)] internal static partial int seg_set_cudnn_benchmark(int enabled);
    [LibraryImport(Library)] internal static partial int seg_tf32(int* matmul, int* cudnn);
    [LibraryImport(Library)] internal static partial int seg_set_tf32_matmul(int enabled);
    [LibraryImport(Library)] internal static partial int seg_set_tf32_cudnn(int enabled);
    [LibraryImport(Library)]
    internal static partial int seg_copy_start(nint* sources, int count, int deviceType, int index, nint* tensors, nint* copy);
    [LibraryImport(Library)] internal static partial int seg_copy_wait(nint copy, nint* tensors, int count);
    [LibraryImport(Library)] internal static partial void seg_copy_free(nint copy);
    [LibraryImport(Library)] internal static partial int seg_graph_new(int index, nint* graph);
    [LibraryImport(Library)] internal static partial int seg_graph_enter(nint graph, int capture);
    [LibraryImport(Library)] internal static partial int seg_graph_leave(nint graph);
    [LibraryImport(Library)] internal static partial int seg_graph_replay(nint graph);
    [LibraryImport(Library)] internal static partial void seg_graph_free(nint graph);
    [LibraryImport(Library)] internal static partial int seg_set_deterministic(int enabled, int warnOnly);
    [LibraryImport(Library)] internal static partial int seg_set_flush_denormal(int enabled, int* done);

    [LibraryImport(Library)] internal static partial int seg_plan_supports(int element);
    [LibraryImport(Library)] internal static partial byte* seg_plan_instructions();
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial void seg_plan_limit(string instructions);
    [LibraryImport(Library)]
    internal static partial int seg_plan_new(NativePlanStep* steps, int count, int element, long arenaBytes, long scratchBytes, nint* plan);
    [LibraryImport(Library)] internal static partial void seg_plan_free(nint plan);
    [LibraryImport(Library)] internal static partial int seg_plan_run(nint plan, int first, int count, int threads, NativePlanTensor* tensors, int tensorCount);
    [LibraryImport(Library)] internal static partial long seg_plan_bytes(nint plan);
    [LibraryImport(Library)] internal static partial long seg_plan_live();

    // distributed/distributed_shim.h
    [LibraryImport(Library)] internal static partial int seg_distributed_available();
    [LibraryImport(Library)]
    internal static partial int seg_store_open(byte* host, int port, int isServer, byte* prefix, int timeoutMilliseconds, nint* store);
    [LibraryImport(Library)] internal static partial int seg_store_port(nint store, int* port);
    [LibraryImport(Library)] internal static partial int seg_store_set(nint store, byte* key, byte* data, int length);
    [LibraryImport(Library)] internal static partial int seg_store_get(nint store, byte* key, byte** data, int* length);
    [LibraryImport(Library)] internal static partial int seg_store_add(nint store, byte* key, long amount, long* sum);
    [LibraryImport(Library)] internal static partial int seg_store_check(nint store, byte* key, int* there);
    [LibraryImport(Library)] internal static partial void seg_store_free(nint store);
    [LibraryImport(Library)]
    internal static partial int seg_group_open(nint store, byte* address, int rank, int size, int timeoutMilliseconds, long* group);
    [LibraryImport(Library)] internal static partial int seg_group_abort(long group, byte* reason);
    [LibraryImport(Library)] internal static partial void seg_group_close(long group);
    [LibraryImport(Library)] internal static partial int seg_group_sum(long group, nint tensor);
    [LibraryImport(Library)] internal static partial int seg_group_gather(long group, nint tensor, nint* all);
    [LibraryImport(Library)] internal static partial int seg_group_broadcast(long group, nint* tensors, int count, int source);
    [LibraryImport(Library)]
    internal static partial int seg_reducer_new(long group, nint* parameters, int count, long firstBytes, long bucketBytes, nint* reducer);
    [LibraryImport(Library)] internal static partial int seg_reducer_arm(nint reducer);
    [LibraryImport(Library)] internal static partial int seg_reducer_finish(nint reducer);
    [LibraryImport(Library)] internal static partial void seg_reducer_free(nint reducer);
}
