using Seg.Models.Blocks;
using Seg.Models.Weights;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Tests;

/// <summary>Compares a module of ours with what the authors' code computed.</summary>
internal static class Parity
{
    /// <summary>Keys in order, output, gradient of the input, and the gradient of every parameter, in eval mode.</summary>
    public static void OutputAndGradientsAgree(ReferenceCase reference, Module module, Func<Tensor, Tensor> forward)
    {
        Assert.Equal(reference.Weights.Keys, StateDict.Of(module).Keys);
        StateDict.Load(module, reference.Weights, "the reference");
        module.eval();

        using var scope = NewDisposeScope();
        var input = reference.Tensors["input"].clone().requires_grad_();
        var output = forward(input);
        (output * reference.Tensors["g"]).sum().backward();

        TensorAssert.Close(reference.Tensors["output"], output.detach(), reference.OutputTolerance, "The output");
        TensorAssert.Close(reference.Tensors["grad_input"], input.grad!, reference.InputGradientTolerance, "The gradient of the input");
        var parameters = module.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        Assert.Equal(reference.ParameterGradients.Keys.Order(), parameters.Keys.Order());
        foreach (var (name, gradient) in reference.ParameterGradients)
            TensorAssert.Close(gradient, parameters[name].grad!, reference.ParameterGradientTolerance, $"The gradient of {name}");
    }

    /// <summary>The output once norms have been put into convolutions, for prediction.</summary>
    public static void FoldingKeepsTheOutput(ReferenceCase reference, Module<Tensor, Tensor> module)
    {
        StateDict.Load(module, reference.Weights, "the reference");
        module.eval();
        using var withoutGradient = no_grad();
        foreach (var foldable in module.modules().Prepend(module).Distinct().OfType<IFoldable>())
            foldable.Fold();
        using var output = module.call(reference.Tensors["input"]);
        TensorAssert.Close(reference.Tensors["output"], output, reference.OutputTolerance, "The output once folded");
    }
}
