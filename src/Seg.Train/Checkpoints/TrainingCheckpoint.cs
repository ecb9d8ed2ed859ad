using System.Text.Json;
using Seg.Models;
using Seg.Models.Networks;
using Seg.Models.Weights;
using Seg.Train.Optimization;
using static TorchSharp.torch;

namespace Seg.Train.Checkpoints;

/// <summary>Saves and restores all that a training needs to go on as if it had never stopped.</summary>
/// <remarks>
/// One safetensors file: <c>weights/…</c> (parameters and buffers), <c>average/…</c> (of these, where one is kept), <c>optimizer/…</c>,
/// <c>random/cpu</c> (the state of libtorch's generator; of rank 1 and further ones <c>random/cpu/1</c>, …), and the <see cref="TrainingPosition"/> as JSON in the metadata. The weights are in it
/// although the model file beside it has them too, or their average: so one rename makes a checkpoint, and a crash between two files cannot
/// pair new weights with old momentum.
/// </remarks>
public static class TrainingCheckpoint
{
    private const string PositionKey = "seg.training";

    /// <summary>Writes a checkpoint, in full or not at all.</summary>
    /// <param name="random">Each rank's random numbers; null: this process's.</param>
    /// <exception cref="TrainingDivergedException">A weight is not finite; nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written; an older one is as it was.</exception>
    public static void Save(
        string path, Network network, NetworkOptimizer optimizer, TrainingPosition position, WeightAverage? average = null,
        GradientScaler? scaler = null, IReadOnlyList<byte[]>? random = null)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        RequireFinite(network, position.Step);
        if (average is not null)
            RequireFinite(average.Network, position.Step);
        var tensors = new Dictionary<string, Tensor>();
        foreach (var (name, value) in network.state_dict())
            tensors[$"weights/{name}"] = value.cpu();
        foreach (var (name, value) in optimizer.State())
            tensors[$"optimizer/{name}"] = value.cpu();
        foreach (var (name, value) in average?.Network.state_dict() ?? [])
            tensors[$"average/{name}"] = value.cpu();
        tensors["random/cpu"] = random is null ? get_rng_state() : tensor(random[0]);
        for (var rank = 1; rank < random?.Count; rank++)
            tensors[$"random/cpu/{rank}"] = tensor(random[rank]);
        position = position with
        {
            AverageUpdates = average?.Updates ?? 0,
            GradientScale = scaler?.Factor,
            GradientScaleSteps = scaler?.Steps ?? 0,
        };
        SafeTensors.Write(path, tensors, new Dictionary<string, string> { [PositionKey] = JsonSerializer.Serialize(position) });
    }

    /// <summary>
    /// Restores a checkpoint into a network and an optimizer of the same configuration. An average that was not kept before begins with the weights.
    /// </summary>
    /// <param name="rank">Whose random numbers are taken up. Of a rank that the run has not had before, they stay as they are.</param>
    /// <exception cref="InputException">The file is missing or damaged, or of another network or optimizer.</exception>
    public static TrainingPosition Load(
        string path, Network network, NetworkOptimizer optimizer, WeightAverage? average = null, GradientScaler? scaler = null, int rank = 0)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var file = SafeTensors.Read(path);
        if (!file.Metadata.TryGetValue(PositionKey, out var json) || JsonSerializer.Deserialize<TrainingPosition>(json) is not { } position)
            throw new InputException($"{path} is no training checkpoint; give the folder of a run that 'seg train' made.");
        StateDict.Load(network, Part(file.Tensors, "weights/"), path);
        optimizer.Load(Part(file.Tensors, "optimizer/"));
        if (average is not null)
            LoadAverage(average, Part(file.Tensors, "average/"), position, path);
        if (position.GradientScale is { } factor)
            scaler?.Restore(factor, position.GradientScaleSteps);
        if (file.Tensors.TryGetValue(rank == 0 ? "random/cpu" : $"random/cpu/{rank}", out var random))
            set_rng_state(random);
        return position;
    }

    /// <param name="step">After which the weights are to be saved.</param>
    /// <exception cref="TrainingDivergedException">A weight is not finite.</exception>
    internal static void RequireFinite(Network network, long step)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        foreach (var (name, value) in network.state_dict())
        {
            if (value.is_floating_point() && !value.isfinite().all().item<bool>())
                throw new TrainingDivergedException(Divergence.Message($"'{name}' has weights that are no finite numbers", step));
        }
    }

    private static void LoadAverage(WeightAverage average, Dictionary<string, Tensor> saved, TrainingPosition position, string path)
    {
        average.Restart();
        if (saved.Count == 0)
            return;
        StateDict.Load(average.Network, saved, path);
        average.Updates = position.AverageUpdates;
    }

    private static Dictionary<string, Tensor> Part(IReadOnlyDictionary<string, Tensor> tensors, string prefix) => tensors
        .Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value);
}
