namespace TorchSharp;

public static partial class torch
{
    // Random numbers, drawn into this tensor; without a generator, from the device's default one.
    public partial class Tensor
    {
        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) =>
            Aten.NormalInPlace.InPlace(this, mean, std, generator);

        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Aten.UniformInPlace.InPlace(this, from, to, generator);

        /// <summary>Whole numbers from `from` up to `to` (exclusive).</summary>
        public Tensor random_(double from, double to, Generator? generator = null) =>
            Aten.RandomInPlace.InPlace(this, (long)from, (long)to, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Aten.BernoulliInPlace.InPlace(this, p, generator);

        public Tensor exponential_(double lambda = 1.0, Generator? generator = null) =>
            Aten.ExponentialInPlace.InPlace(this, lambda, generator);

        /// <summary>1 with the probability that each element states, else 0.</summary>
        public Tensor bernoulli(Generator? generator = null) => Aten.Bernoulli.Tensor(this, generator);

        /// <summary>Positions drawn by the weights that a row states.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Aten.Multinomial.Tensor(this, num_samples, replacement, generator);
    }
}
