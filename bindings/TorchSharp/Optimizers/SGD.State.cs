using static TorchSharp.torch;

namespace TorchSharp.Modules;

public partial class SGD
{
    /// <summary>The momentum buffer of a parameter.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        /// <summary>Shaped as the parameter; null without momentum and before the first step.</summary>
        public Tensor? momentum_buffer;

        public State(Parameter parameter) : base(parameter) { }

        public override void Initialize(OptimizerOptions options)
        {
            momentum_buffer?.Dispose();
            momentum_buffer = null;
        }

        public override void to(Device device) => StateTensor.Move(ref momentum_buffer, device);

        public override void LoadStateDict(OptimizerState source) =>
            StateTensor.Copy(ref momentum_buffer, ((State)source).momentum_buffer, _parameter.device);

        public override void LoadStateDict(BinaryReader reader) => StateTensor.ReadOptional(reader, ref momentum_buffer, _parameter.device);

        public override void SaveStateDict(BinaryWriter writer) => StateTensor.WriteOptional(writer, momentum_buffer);

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state && StateTensor.Close(momentum_buffer, state.momentum_buffer);

        public void Dispose() => momentum_buffer?.Dispose();
    }
}
