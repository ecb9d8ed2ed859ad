/* Many processes: libtorch's own store of keys (c10d::TCPStore), its process groups (Gloo; NCCL for tensors on a GPU, where it was compiled with it),
 * and sums of gradients that run while backward still does.
 *
 *     C# (Seg.Models/Runtime)  ->  torch_shim (this header)  ->  libtorch's c10d
 *
 * Codes, errors and references are torch_shim.h's. A group is known by a number, so that operators (seg::batch_norm_act) can be told of it.
 * Every process ("rank") of a group calls the same functions of it in the same order; each waits for the others, until all have come, one of them is
 * lost, or seg_group_abort is called from another thread.
 */
#pragma once

#include "../torch_shim.h"

typedef struct seg_store_ seg_store;
typedef struct seg_reducer_ seg_reducer;

/* Whether this libtorch can do any of it. Never fails. */
SEG_API int32_t seg_distributed_available(void);

/* ---- the store (store.cpp); calls wait for its answer, for as long as that takes ------------------------------------------------------ */

/* Connects to the store at host:port, or opens one there and connects to it: port 0 takes a free one. Keys get the prefix. Fails after timeout_ms. */
SEG_API int32_t seg_store_open(const char* host, int32_t port, int32_t is_server, const char* prefix, int32_t timeout_ms, seg_store** out_store);
SEG_API int32_t seg_store_port(const seg_store* store, int32_t* out_port);
SEG_API int32_t seg_store_set(seg_store* store, const char* key, const uint8_t* data, int32_t length);
/* The value of a key that is there (seg_store_check); out_data is freed with seg_list_free. */
SEG_API int32_t seg_store_get(seg_store* store, const char* key, uint8_t** out_data, int32_t* out_length);
SEG_API int32_t seg_store_add(seg_store* store, const char* key, int64_t amount, int64_t* out_sum);
SEG_API int32_t seg_store_check(seg_store* store, const char* key, int32_t* out_there);
/* Never fails. A server ends with its last reference. */
SEG_API void seg_store_free(seg_store* store);

/* ---- groups (group.cpp) --------------------------------------------------------------------------------------------------------------- */

/* Connects this process to all others of the group. `address`: by which they reach this machine, a host name or number; GLOO_SOCKET_IFNAME goes first. */
SEG_API int32_t seg_group_open(seg_store* store, const char* address, int32_t rank, int32_t size, int32_t timeout_ms, int64_t* out_group);

/* Makes every call that waits in the group, now or later, fail with this text. */
SEG_API int32_t seg_group_abort(int64_t group, const char* reason);

/* Never fails. An aborted group is left to the system: closing it would wait for what does not come. */
SEG_API void seg_group_close(int64_t group);

/* Adds up in place: float32, float64, int32 or int64. */
SEG_API int32_t seg_group_sum(int64_t group, seg_tensor* tensor);

/* Each rank's tensor, of one shape and type: (size, ...). */
SEG_API int32_t seg_group_gather(int64_t group, const seg_tensor* tensor, seg_tensor** out_all);

/* Copies the tensors of rank `source` into everybody's, which have their shapes and types. */
SEG_API int32_t seg_group_broadcast(int64_t group, seg_tensor* const* tensors, int32_t count, int32_t source);

/* ---- gradients (reducer.cpp) ----------------------------------------------------------------------------------------------------------- */

/* Watches leaves that require gradients. They are packed into buckets in the order in which backward reaches them; the first has first_bytes. */
SEG_API int32_t seg_reducer_new(int64_t group, seg_tensor* const* parameters, int32_t count, int64_t first_bytes, int64_t bucket_bytes,
                                seg_reducer** out_reducer);

/* The next backward is a step's last: each bucket is added up over the ranks as soon as its gradients stand. */
SEG_API int32_t seg_reducer_arm(seg_reducer* reducer);

/* After that backward: waits for the sums, which are then the parameters' gradients. What no rank used stays without one. */
SEG_API int32_t seg_reducer_finish(seg_reducer* reducer);

/* Never fails. */
SEG_API void seg_reducer_free(seg_reducer* reducer);
