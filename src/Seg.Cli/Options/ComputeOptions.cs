using System.CommandLine;
using Seg.Models;
using Seg.Models.Runtime;
using Seg.Predict;
using static TorchSharp.torch;

namespace Seg.Cli.Options;

/// <summary>
/// Where and how a network computes: <c>--device</c>, <c>--precision</c>, <c>--threads</c>, and of predictions <c>--compile</c>.
/// </summary>
internal sealed class ComputeOptions
{
    private readonly Option<string> device = new("--device") { Description = "auto (a GPU where there is one), cpu or cuda[:N].", HelpName = "DEVICE" };
    private readonly bool hasPrecision;
    private readonly Option<string> threads = new("--threads") { Description = "Processor threads of the network; one for each core by default.", HelpName = "N" };

    private readonly Option<string> compile = new("--compile")
    {
        Description = "Whether the network is compiled for the images' sizes, on the CPU: on, off, or auto (default), where that is faster.",
        HelpName = "WHEN",
    };
    private readonly bool predicts;

    /// <param name="precisions">What <c>--precision</c> may be, besides the default; null: the command has no such option.</param>
    /// <param name="predicts">Whether networks predict, as opposed to training: then they can be compiled, and compute in int8.</param>
    public ComputeOptions(string? precisions, bool predicts = false)
    {
        (hasPrecision, this.predicts) = (precisions is not null, predicts);
        Precision = new("--precision") { Description = $"{precisions}; bf16 where the device computes in it, else fp32, by default.", HelpName = "PRECISION" };
    }

    public Option<string> Precision { get; }

    public void AddTo(Command command)
    {
        command.Add(device);
        if (hasPrecision)
            command.Add(Precision);
        command.Add(threads);
        if (predicts)
            command.Add(compile);
    }

    /// <summary>The device that was asked for, set up to compute fast.</summary>
    /// <param name="localRank">Of several processes on this machine, which one this is: it takes the GPU of this number where none is named.</param>
    /// <param name="fixedShapes">Whether it will see images of few sizes many times, so that a search for the fastest algorithms pays.</param>
    /// <exception cref="InputException">It is not known, or not there.</exception>
    public Device Device(ParseResult parsed, int localRank = 0, bool fixedShapes = false)
    {
        var found = DeviceName.Find(parsed.GetValue(device), localRank, cuda.is_available() ? cuda.device_count() : 0);
        if (found.type == TorchSharp.DeviceType.CUDA)
            TorchRuntime.Current.SetGpuArithmetic(tensorFloat32: true, tryAlgorithms: fixedShapes);
        return found;
    }

    /// <exception cref="InputException">It is not known.</exception>
    public Precision PrecisionOf(ParseResult parsed) => parsed.GetValue(Precision) switch
    {
        null or "auto" => Models.Runtime.Precision.Auto,
        "fp32" => Models.Runtime.Precision.Fp32,
        "bf16" => Models.Runtime.Precision.Bf16,
        "fp16" => Models.Runtime.Precision.Fp16,
        "int8" when predicts => Models.Runtime.Precision.Int8,
        var other => throw new InputException($"--precision is '{other}'; it can be {(predicts ? "auto, fp32, bf16, fp16 or int8" : "auto, fp32, bf16 or fp16")}."),
    };

    /// <exception cref="InputException">It is not known.</exception>
    public Compilation CompilationOf(ParseResult parsed) => parsed.GetValue(compile) switch
    {
        null or "auto" => Compilation.Auto,
        "on" => Compilation.Always,
        "off" => Compilation.Never,
        var other => throw new InputException($"--compile is '{other}'; it can be on, off or auto."),
    };

    /// <summary>Device, precision and compilation for a predictor, which tells on the error output what became of the latter under <c>--verbose</c>.</summary>
    /// <exception cref="InputException">One of them is not known, or not there.</exception>
    public PredictorOptions Predictor(ParseResult parsed, Terminal terminal) => new()
    {
        Device = Device(parsed),
        Precision = PrecisionOf(parsed),
        Compilation = CompilationOf(parsed),
        Told = parsed.GetValue<bool>("--verbose") ? line => terminal.Error.WriteLine($"seg: {line}") : null,
    };

    /// <summary>As many as there are cores where it was not given.</summary>
    /// <param name="localSize">Processes that share this machine's cores.</param>
    /// <exception cref="InputException">It is no number, or below 1.</exception>
    public int Threads(ParseResult parsed, int localSize = 1) =>
        parsed.GetValue(threads) is { } text ? NumberOptions.Whole("--threads", text, minimum: 1) : Math.Max(1, ProcessorCores.Count / localSize);

    /// <summary>Lets the network compute on so many threads.</summary>
    public void UseThreads(ParseResult parsed) => set_num_threads(Threads(parsed));
}
