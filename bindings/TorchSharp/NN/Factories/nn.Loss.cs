using TorchSharp.Modules;

namespace TorchSharp;

// Losses: the functions have the names of the modules that they make; what the arguments mean stands with the modules.
public static partial class torch
{
    public static partial class nn
    {
        /// <inheritdoc cref="Modules.CrossEntropyLoss"/>
        public static CrossEntropyLoss CrossEntropyLoss(
            Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean) =>
            new(weight, ignore_index, reduction);

        /// <inheritdoc cref="Modules.NLLLoss"/>
        public static NLLLoss NLLLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean) => new(weight, reduction);

        /// <inheritdoc cref="Modules.BCEWithLogitsLoss"/>
        public static BCEWithLogitsLoss BCEWithLogitsLoss(
            Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
            new(weight, reduction, pos_weights);

        /// <inheritdoc cref="Modules.MSELoss"/>
        public static MSELoss MSELoss(Reduction reduction = Reduction.Mean) => new(reduction);

        /// <inheritdoc cref="Modules.L1Loss"/>
        public static L1Loss L1Loss(Reduction reduction = Reduction.Mean) => new(reduction);

        /// <inheritdoc cref="Modules.KLDivLoss"/>
        public static KLDivLoss KLDivLoss(bool log_target = true, Reduction reduction = Reduction.Mean) => new(log_target, reduction);

        /// <inheritdoc cref="Modules.SmoothL1Loss"/>
        public static SmoothL1Loss SmoothL1Loss(Reduction reduction = Reduction.Mean, double beta = 1.0) => new(reduction, beta);
    }
}
