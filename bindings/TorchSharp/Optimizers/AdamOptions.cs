using TorchSharp.Modules;

namespace TorchSharp.Interop;

/// <summary>What <see cref="Adam.Options"/> and <see cref="AdamW.Options"/> have in common; TorchSharp has it twice.</summary>
public abstract class AdamOptions : OptimizerOptions
{
    public double? beta1;
    public double? beta2;
    public double? weight_decay;
    public double? eps;
    public bool? amsgrad;
    public bool? maximize;

    public override void LoadStateDict(OptimizerOptions source)
    {
        base.LoadStateDict(source);
        var options = (AdamOptions)source;
        beta1 = options.beta1;
        beta2 = options.beta2;
        eps = options.eps;
        weight_decay = options.weight_decay;
        amsgrad = options.amsgrad;
        maximize = options.maximize;
    }

    public override void LoadStateDict(BinaryReader reader)
    {
        base.LoadStateDict(reader);
        beta1 = reader.ReadDouble();
        beta2 = reader.ReadDouble();
        eps = reader.ReadDouble();
        weight_decay = reader.ReadDouble();
        amsgrad = reader.ReadBoolean();
        maximize = reader.ReadBoolean();
    }

    public override void SaveStateDict(BinaryWriter writer)
    {
        base.SaveStateDict(writer);
        writer.Write(beta1!.Value);
        writer.Write(beta2!.Value);
        writer.Write(eps!.Value);
        writer.Write(weight_decay!.Value);
        writer.Write(amsgrad!.Value);
        writer.Write(maximize!.Value);
    }

    /// <summary>Takes what is null here from the optimizer's own options.</summary>
    internal void Complete(AdamOptions defaults)
    {
        LearningRate ??= defaults.LearningRate;
        beta1 ??= defaults.beta1;
        beta2 ??= defaults.beta2;
        eps ??= defaults.eps;
        weight_decay ??= defaults.weight_decay;
        amsgrad ??= defaults.amsgrad;
        maximize ??= defaults.maximize;
    }
}
