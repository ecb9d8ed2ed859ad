// Which of the compiled instruction sets plans use.
#include <cstdlib>
#include <cstring>
#include <string>

#include "kernels.h"

namespace seg::plan {

#if defined(__x86_64__)
extern const KernelSet kernels_avx2;
extern const KernelSet kernels_avx512;
extern const KernelSet kernels_avx512_vnni;
extern const KernelSet kernels_avx512_bf16;
#elif defined(__aarch64__)
extern const KernelSet kernels_baseline;
#endif

namespace {

struct Candidate {
    const KernelSet* set;
    bool runs;  // on this processor
};

// The best first. x86 without fused multiply-add has none: libtorch's own operators are as fast there.
const std::vector<Candidate>& candidates() {
#if defined(__x86_64__)
    static const std::vector<Candidate> all = [] {
        __builtin_cpu_init();
        const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
        const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                            __builtin_cpu_supports("avx512vl");
        const bool vnni = avx512 && __builtin_cpu_supports("avx512vnni");
        return std::vector<Candidate>{{&kernels_avx512_bf16, vnni && __builtin_cpu_supports("avx512bf16")},
                                      {&kernels_avx512_vnni, vnni}, {&kernels_avx512, avx512}, {&kernels_avx2, avx2}};
    }();
#elif defined(__aarch64__)
    static const std::vector<Candidate> all{{&kernels_baseline, true}};
#else
    static const std::vector<Candidate> all;
#endif
    return all;
}

std::string& limit() {
    const char* wanted = std::getenv("SEG_INSTRUCTIONS");
    static thread_local std::string name = wanted ? wanted : "";
    return name;
}

}  // namespace

const KernelSet& best_kernels() {
    static const KernelSet none{"none", 0, nullptr, nullptr};
    bool allowed = limit().empty();
    for (const Candidate& candidate : candidates()) {
        allowed = allowed || limit() == candidate.set->name;
        if (allowed && candidate.runs)
            return *candidate.set;
    }
    return none;
}

void limit_kernels(const char* name) { limit() = name; }

}  // namespace seg::plan
