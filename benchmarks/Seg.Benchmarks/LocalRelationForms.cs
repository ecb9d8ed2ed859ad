using System.Diagnostics;
using System.Globalization;
using Seg.Models.Configuration;
using Seg.Models.Runtime;
using static TorchSharp.torch;

namespace Seg.Benchmarks;

/// <summary>Time and peak memory of the local relation layer's sums, as the native operator or in the unfolded form.</summary>
/// <remarks>
/// One form and one pass a process, so that the peak (VmHWM) is its own: value 1x64x128x256, kernel 7, 8 channels to share a weight. Prints the
/// fastest run's milliseconds after two warm-up runs, and the MiB by which the first run's peak exceeds what was resident before it, the inputs included.
/// </remarks>
internal static class LocalRelationForms
{
    private const int Channels = 64, Sharing = 8, Height = 128, Width = 256, Kernel = 7;

    public static void Run(bool native, bool backward, bool channelsLast, int runs)
    {
        set_num_threads(int.Parse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS") ?? $"{Environment.ProcessorCount}", CultureInfo.InvariantCulture));
        random.manual_seed(1);
        Tensor[] inputs = [Map(Channels), Map(Channels / Sharing), Map(Channels / Sharing), rand(Channels / Sharing, Kernel, Kernel)];
        foreach (var input in inputs)
            input.requires_grad_(backward);
        using var slope = channelsLast ? TorchRuntime.Current.ChannelsLast(randn(1, Channels, Height, Width)) : randn(1, Channels, Height, Width);
        Small(native);

        var before = Status("VmRSS");
        Step();
        var peak = Status("VmHWM") - before;
        var times = new double[runs];
        for (var i = -2; i < runs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Step();
            if (i >= 0)
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times.Min():F2} {peak:F1}"));

        Tensor Map(int channels)
        {
            var map = randn(1, channels, Height, Width);
            return channelsLast ? TorchRuntime.Current.ChannelsLast(map) : map;
        }

        void Step()
        {
            using var scope = NewDisposeScope();
            var result = Compute(native, inputs);
            if (!backward)
                return;
            result.backward([slope]);
            foreach (var input in inputs)
                input.grad = null;
        }
    }

    private static Tensor Compute(bool native, Tensor[] inputs) => native
        ? TorchRuntime.Current.LocalRelation(inputs[0], inputs[1], inputs[2], inputs[3], Kernel, 1, Kernel / 2, RelationComposition.Product)
        : UnfoldedLocalRelation.Compute(inputs[0], inputs[1], inputs[2], inputs[3], Kernel, 1, Kernel / 2, RelationComposition.Product);

    /// <summary>What loading code takes is not the layer's memory: it is loaded before memory is read.</summary>
    private static void Small(bool native)
    {
        using var scope = NewDisposeScope();
        Tensor[] inputs = [rand(1, 2, 8, 8), rand(1, 1, 8, 8), rand(1, 1, 8, 8), rand(1, Kernel, Kernel)];
        foreach (var input in inputs)
            input.requires_grad_();
        Compute(native, inputs).sum().backward();
    }

    /// <summary>MiB, from the kernel's account of this process.</summary>
    private static double Status(string name)
    {
        var line = File.ReadLines("/proc/self/status").Single(line => line.StartsWith($"{name}:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture) / 1024.0;
    }
}
