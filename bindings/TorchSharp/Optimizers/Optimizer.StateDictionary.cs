using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public abstract partial class Optimizer
        {
            /// <summary>
            /// What an optimizer needs to go on exactly where it was. The entries are the optimizer's own objects, so that their fields
            /// (such as <see cref="SGD.State.momentum_buffer"/>) can be read to save them and set to restore them.
            /// </summary>
            public class StateDictionary
            {
                internal StateDictionary() { }

                /// <summary>One a parameter group.</summary>
                public List<OptimizerOptions> Options { get; private set; } = [];

                /// <summary>One a parameter, in the order of <see cref="Optimizer.parameters"/>.</summary>
                public List<OptimizerState> State { get; private set; } = [];

                /// <summary>For each group the places of its parameters in <see cref="State"/>.</summary>
                public List<List<int>> StateIndexRef { get; private set; } = [];
            }
        }
    }
}
