namespace Seg.Models.Networks;

/// <summary>What a network costs at one input size: parameters, and multiply-adds of its convolutions and linear layers.</summary>
public sealed record NetworkCost(IReadOnlyList<ModuleCost> Modules, long Parameters, long MultiplyAdds)
{
    /// <param name="network">The network, not folded.</param>
    /// <param name="inputShape">(N, C, H, W) of the input.</param>
    public static NetworkCost Measure(Network network, IReadOnlyList<long> inputShape) => throw new NotImplementedException(network.GetName() + inputShape);

    /// <param name="network">The network, not folded.</param>
    /// <param name="size">Height and width of one RGB image, in pixels.</param>
    public static NetworkCost Measure(Network network, (int Height, int Width) size) => Measure(network, [1, 3, size.Height, size.Width]);
}
