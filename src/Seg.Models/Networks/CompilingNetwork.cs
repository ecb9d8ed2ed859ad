using Seg.Models.Configuration;
using Seg.Models.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Models.Networks;

/// <summary>
/// A network made ready for prediction (<see cref="InferenceNetwork"/>) that makes plans of itself (<see cref="ICompiledNetwork"/>) on the CPU:
/// one for each size of image.
/// </summary>
/// <remarks>Several threads may predict at a time; plans run one after the other, as they share the processor's cores.</remarks>
public sealed class CompilingNetwork : IDisposable
{
    /// <summary>Plans kept at a time, where no other number is given.</summary>
    public const int MostPlans = 4;

    private readonly Network network;
    private readonly Compilation compilation;
    private readonly Int8Calibration? calibration;
    private readonly Lock gate = new();
    private int sizes;
    private readonly List<Entry> plans = [];   // the latest used last

    /// <param name="network">The network to copy; it must not be folded.</param>
    /// <param name="config">The configuration that it was made from.</param>
    /// <param name="device">Where the copy computes.</param>
    /// <param name="type">float32, bfloat16 or float16.</param>
    /// <param name="compilation">When plans are made, where the device is the CPU.</param>
    /// <param name="calibration">For plans in int8, of a network in float32 on the CPU; null: in the network's type.</param>
    public CompilingNetwork(
        Network network, ModelConfig config, Device device, ScalarType type, Compilation compilation = Compilation.Auto, Int8Calibration? calibration = null)
    {
        this.calibration = calibration;
        this.network = InferenceNetwork.Prepare(network, config, device, type);
        this.compilation = device.type == DeviceType.CPU ? compilation : Compilation.Never;
        Form = this.compilation == Compilation.Never ? "not compiled" : "not compiled yet";
    }

    /// <summary>Plans kept at a time, at least 1; the one longest unused goes first.</summary>
    public int PlansKept { get; init; } = MostPlans;

    /// <summary>For people: whether the latest images went through a plan, and why not.</summary>
    public string Form { get; private set; }

    /// <summary>Told for each size of images what became of its plan; null: nobody.</summary>
    public Action<string>? Told { get; init; }

    /// <summary>Sees the maps of every image, for which no plan is made then; null: nobody.</summary>
    public IActivationRecorder? Recorder { get; init; }

    /// <summary>Whether maps are brought to the image's size by bilinear interpolation with aligned corners.</summary>
    public bool AlignCorners => network.AlignCorners;

    // A plan is made for the first image of a size, so that images of a size all get the same numbers. A folder of photographs of which no two are
    // alike would pay for plans that it never uses again: from this many sizes on a plan waits for the second image. Nothing waits where int8 was asked for,
    // in which plans alone compute.
    private int SizesCompiledAtOnce => 2 * PlansKept;

    /// <summary>The network's main output.</summary>
    /// <param name="images">(N, 3, H, W), float32 or the network's type.</param>
    /// <exception cref="InputException">There is a calibration, and no plan in int8 can be made for images of this size.</exception>
    public Tensor Predict(Tensor images)
    {
        if (Recorder is not null)
        {
            lock (gate)
                return OneByOne(images, image => Recorder.Run(network.Predict, image));
        }
        if (compilation != Compilation.Never && images.dim() == 4)
        {
            lock (gate)
            {
                if (PlanFor(images) is { } plan)
                    return OneByOne(images, plan.Run);
            }
        }
        return network.Predict(images);
    }

    /// <summary>All of the network's outputs, in its order; no plan is made for these.</summary>
    public Tensor[] PredictAll(Tensor images) => network.call(images);

    public void Dispose()
    {
        foreach (var entry in plans)
            entry.Plan?.Dispose();
        plans.Clear();
        network.Dispose();
    }

    private static Tensor OneByOne(Tensor images, Func<Tensor, Tensor> network)
    {
        if (images.shape[0] == 1)
            return network(images);
        using var scope = NewDisposeScope();
        return cat([.. Enumerable.Range(0, (int)images.shape[0]).Select(index => network(images.narrow(0, index, 1)))]).MoveToOuterDisposeScope();
    }

    /// <summary>The plan for images of this size; null where none can be made, and for a size that may not come again.</summary>
    private ICompiledNetwork? PlanFor(Tensor images)
    {
        var size = (images.shape[2], images.shape[3]);
        var entry = plans.Find(entry => entry.Size == size);
        if (entry is null)
        {
            plans.Add(entry = new Entry(size));
            if (plans.Count > PlansKept)
            {
                plans[0].Plan?.Dispose();
                plans.RemoveAt(0);
            }
            if (++sizes > SizesCompiledAtOnce && calibration is null)
                return null;
        }
        plans.Remove(entry);
        plans.Add(entry);
        if (!entry.IsTried)
            Compile(entry, images);
        return entry.Plan;
    }

    private void Compile(Entry entry, Tensor images)
    {
        entry.IsTried = true;
        using var image = images.narrow(0, 0, 1);
        entry.Plan = TorchRuntime.Current.Compile(network.Predict, image, always: compilation == Compilation.Always, calibration, out var fault);
        Form = entry.Plan is { } plan ? Describe(plan) : $"not compiled: {fault}";
        Told?.Invoke($"images of {image.shape[2]} x {image.shape[3]}: {Form}");
        if (entry.Plan is null && calibration is not null)
        {
            plans.Remove(entry);
            throw new InputException($"The network cannot see images of {image.shape[2]} x {image.shape[3]} pixels in int8: {fault}. Or take --precision auto.");
        }
    }

    private static string Describe(ICompiledNetwork plan)
    {
        var whole = plan.Convolutions.Quantized > 0 ? $", {plan.Convolutions.Quantized} of {plan.Convolutions.All} convolutions in int8" : "";
        return $"compiled: {plan.Steps.Native} steps of its own, {plan.Steps.Torch} of libtorch{whole}, {plan.Bytes >> 20} MiB";
    }

    private sealed class Entry((long Height, long Width) size)
    {
        public (long Height, long Width) Size { get; } = size;

        public ICompiledNetwork? Plan { get; set; }

        public bool IsTried { get; set; }
    }
}
