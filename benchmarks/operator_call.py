"""What one operator call costs from Python; the counterpart of Seg.Benchmarks/OperatorCall.cs. Prints "name nanoseconds"."""
import time

import torch

CALLS = 20_000
ROUNDS = 50


def report(name, call):
    # The fastest round: the others were interrupted. The loop calls a function, as the C# one calls a delegate.
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(CALLS):
            call()
        best = min(best, (time.perf_counter() - start) / CALLS)
    print(f"{name} {best * 1e9:.0f}", flush=True)


x = torch.randn(1)
report("relu", x.relu)
report("add", lambda: x + x)
report("view", lambda: x.view(1))
with torch.no_grad():
    report("relu_no_grad", x.relu)
