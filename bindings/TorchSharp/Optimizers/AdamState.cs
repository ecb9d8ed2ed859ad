using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>What <see cref="Adam.State"/> and <see cref="AdamW.State"/> have in common; TorchSharp has it twice.</summary>
public abstract class AdamState : OptimizerState, IDisposable
{
    /// <summary>Steps made.</summary>
    public long step;

    /// <summary>Running mean of the gradients, shaped as the parameter.</summary>
    public Tensor exp_avg = null!;

    /// <summary>Running mean of their squares.</summary>
    public Tensor exp_avg_sq = null!;

    /// <summary>The largest of these so far, or null without AMSGrad.</summary>
    public Tensor? max_exp_avg_sq;

    private protected AdamState(Parameter parameter) : base(parameter) { }

    public override void Initialize(OptimizerOptions options)
    {
        Dispose();
        step = 0;
        exp_avg = Zeros();
        exp_avg_sq = Zeros();
        max_exp_avg_sq = ((AdamOptions)options).amsgrad is true ? Zeros() : null;
    }

    public override void to(Device device)
    {
        StateTensor.Move(ref exp_avg!, device);
        StateTensor.Move(ref exp_avg_sq!, device);
        StateTensor.Move(ref max_exp_avg_sq, device);
    }

    public override void LoadStateDict(OptimizerState source)
    {
        var state = (AdamState)source;
        step = state.step;
        StateTensor.Copy(ref exp_avg!, state.exp_avg, _parameter.device);
        StateTensor.Copy(ref exp_avg_sq!, state.exp_avg_sq, _parameter.device);
        StateTensor.Copy(ref max_exp_avg_sq, state.max_exp_avg_sq, _parameter.device);
    }

    public override void LoadStateDict(BinaryReader reader)
    {
        step = reader.ReadInt64();
        using (exp_avg)
            exp_avg = StateTensor.Read(reader, _parameter.device);
        using (exp_avg_sq)
            exp_avg_sq = StateTensor.Read(reader, _parameter.device);
        StateTensor.ReadOptional(reader, ref max_exp_avg_sq, _parameter.device);
    }

    public override void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(step);
        StateTensor.Write(writer, exp_avg);
        StateTensor.Write(writer, exp_avg_sq);
        StateTensor.WriteOptional(writer, max_exp_avg_sq);
    }

    public override bool ApproximatelyEquals(OptimizerState other) =>
        other is AdamState state && step == state.step && StateTensor.Close(exp_avg, state.exp_avg)
        && StateTensor.Close(exp_avg_sq, state.exp_avg_sq) && StateTensor.Close(max_exp_avg_sq, state.max_exp_avg_sq);

    public void Dispose()
    {
        exp_avg?.Dispose();
        exp_avg_sq?.Dispose();
        max_exp_avg_sq?.Dispose();
        GC.SuppressFinalize(this);
    }

    private Tensor Zeros()
    {
        using var withoutGradient = no_grad();
        return zeros_like(_parameter).DetachFromDisposeScope();
    }
}
