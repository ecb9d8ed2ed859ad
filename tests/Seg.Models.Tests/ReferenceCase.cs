using System.Text.Json;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests;

/// <summary>Weights, input, output and gradients of the authors' own code: from ../shared, or packed into References/ by pack.py.</summary>
internal sealed class ReferenceCase : IDisposable
{
    private ReferenceCase(
        IReadOnlyDictionary<string, Tensor> weights,
        IReadOnlyDictionary<string, Tensor> gradients,
        IReadOnlyDictionary<string, Tensor> tensors)
    {
        Weights = weights;
        ParameterGradients = gradients;
        Tensors = tensors;
    }

    public IReadOnlyDictionary<string, Tensor> Weights { get; }

    public IReadOnlyDictionary<string, Tensor> ParameterGradients { get; }

    /// <summary>input, output (of several: output_0, output_1), g (what the output's gradient is), grad_input; position of a local relation layer.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>case.json, where the case is from ../shared.</summary>
    public JsonElement Description { get; private init; }

    public double OutputTolerance { get; private init; }

    public double InputGradientTolerance { get; private init; }

    public double ParameterGradientTolerance { get; private init; }

    /// <summary>A case of ../shared/reference.</summary>
    public static ReferenceCase Shared(string name)
    {
        var description = JsonDocument.Parse(File.ReadAllText(SharedFiles.Reference(name, "case.json"))).RootElement;
        var tolerance = description.GetProperty("tolerance");
        var gradients = SharedFiles.Reference(name, "grads.pth");
        string[] tensors = ["input", "output", "output_0", "output_1", "g", "grad_input", "position"];
        return new(
            PickleFile.ReadStateDict(SharedFiles.Reference(name, "weights.pth")),
            File.Exists(gradients) ? PickleFile.ReadStateDict(gradients) : new Dictionary<string, Tensor>(),
            tensors.Where(tensor => File.Exists(SharedFiles.Reference(name, $"{tensor}.npy")))
                .ToDictionary(tensor => tensor, tensor => NpyFile.Read(SharedFiles.Reference(name, $"{tensor}.npy"))))
        {
            Description = description,
            OutputTolerance = Smallest(tolerance.GetProperty("suggested_output_atol")),
            InputGradientTolerance = Tolerance("suggested_grad_input_atol"),
            ParameterGradientTolerance = Tolerance("suggested_grad_parameters_atol"),
        };

        // Of several outputs each has its own.
        static double Smallest(JsonElement values) => values.ValueKind == JsonValueKind.Array
            ? values.EnumerateArray().Min(value => value.GetDouble())
            : values.GetDouble();

        double Tolerance(string key) => tolerance.TryGetProperty(key, out var value) ? value.GetDouble() : double.NaN;
    }

    /// <summary>A case that the repository carries.</summary>
    public static ReferenceCase Packed(string name)
    {
        var file = SafeTensors.Read(Path.Combine(AppContext.BaseDirectory, "References", $"{name}.safetensors"));
        return new(Part("weights/"), Part("grads/"), file.Tensors)
        {
            OutputTolerance = double.Parse(file.Metadata["output"]),
            InputGradientTolerance = double.Parse(file.Metadata["grad_input"]),
            ParameterGradientTolerance = double.Parse(file.Metadata["grad_parameters"]),
        };

        Dictionary<string, Tensor> Part(string prefix) =>
            file.Tensors.Where(entry => entry.Key.StartsWith(prefix)).ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value);
    }

    public void Dispose()
    {
        foreach (var tensor in Weights.Values.Concat(ParameterGradients.Values).Concat(Tensors.Values))
            tensor.Dispose();
    }
}
