using System.Diagnostics;
using static TorchSharp.torch;

namespace Seg.Benchmarks;

/// <summary>
/// What one operator call costs: relu, add and view of a tensor of one element, where nearly all of the time is the way to the kernel and back.
/// </summary>
/// <remarks>benchmarks/operator_call.py measures the same calls from Python; benchmarks/operator-call runs both in turn. Prints "name nanoseconds".</remarks>
internal static class OperatorCall
{
    private const int Calls = 20_000;
    private const int Rounds = 50;

    public static void Run()
    {
        using var x = randn(1);
        Report("relu", () => x.relu().Dispose());
        Report("add", () => (x + x).Dispose());
        Report("view", () => x.view(1).Dispose());
        using (no_grad())
            Report("relu_no_grad", () => x.relu().Dispose());
    }

    /// <summary>The fastest round: the others were interrupted.</summary>
    private static void Report(string name, Action call)
    {
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < Calls; i++)
                call();
            best = Math.Min(best, clock.Elapsed.TotalNanoseconds / Calls);
        }
        Console.WriteLine($"{name} {best:F0}");
    }
}
