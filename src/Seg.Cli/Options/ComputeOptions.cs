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
    private readonly Option<string> threads = new("--threads") { Description = "Processor threads of the network; one for each core by default.", HelpName = "N" };

    private readonly Option<string> compile = new("--compile")
    {
        Description = "Whether the network is compiled for the images' sizes, on the CPU: on, off, or auto (default), where that is faster.",
        HelpName = "WHEN",
    };
    private readonly bool predicts;

    /// <param name="precisions">What <c>--precision</c> may be, besides the default.</param>
    /// <param name="predicts">Whether networks predict, as opposed to training: then they can be compiled, and compute in int8.</param>
    public ComputeOptions(string precisions, bool predicts = false)
    {
        this.predicts = predicts;
        Precision = new("--precision") { Description = $"{precisions}; bf16 where the device computes in it, else fp32, by default.", HelpName = "PRECISION" };
    }

    public Option<string> Precision { get; }

    public void AddTo(Command command)
    {
        command.Add(device);
        command.Add(Precision);
        command.Add(threads);
        if (predicts)
            command.Add(compile);
    }

    /// <param name="localRank">Of several processes on this machine, which one this is: it takes the GPU of this number where none is named.</param>
    /// <exception cref="InputException">It is not known, or not there.</exception>
    public Device Device(ParseResult parsed, int localRank = 0)
    {
        var name = parsed.GetValue(device) ?? "auto";
        if (name == "auto")
            return cuda.is_available() ? new Device(TorchSharp.DeviceType.CUDA, localRank % Math.Max(1, cuda.device_count())) : CPU;
        if (name == "cpu")
            return CPU;
        var index = localRank;
        if (name != "cuda" && !(name.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(name.AsSpan("cuda:".Length), out index) && index >= 0))
            throw new InputException($"--device is '{name}'; it can be auto, cpu, cuda or cuda:N.");
        if (!cuda.is_available())
            throw new InputException($"--device is '{name}', but this libtorch sees no GPU; use --device cpu.");
        if (index >= cuda.device_count())
            throw new InputException($"--device is '{name}', but there are {cuda.device_count()} GPUs, numbered from 0.");
        return new Device(TorchSharp.DeviceType.CUDA, index);
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
