using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimizer remembers of a parameter.</summary>
public abstract class OptimizerState
{
    protected Parameter _parameter;

    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    /// <summary>Forgets everything, as before the first step.</summary>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Copies another's values, to the parameter's device.</summary>
    public abstract void LoadStateDict(OptimizerState source);

    public abstract void LoadStateDict(BinaryReader reader);

    public abstract void SaveStateDict(BinaryWriter writer);

    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    /// <summary>Moves the tensors.</summary>
    public virtual void to(Device device) { }
}
