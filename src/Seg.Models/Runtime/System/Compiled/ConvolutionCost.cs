using TorchSharp.Interop;

namespace Seg.Models.Runtime.Compiled;

/// <summary>
/// What convolutions cost in vectors of 16 multiplications and additions, by libtorch and by each of the plan's methods: for the choice among them.
/// </summary>
/// <remarks>The constants come from measurements; docs/decisions/2026-11-21-winograd-in-plans.md has them.</remarks>
internal static class ConvolutionCost
{
    private const double Lanes = 16;

    // oneDNN's kernels for AVX-512 compute blocks of as many output channels.
    private const int BlockOfLibtorch = 16;

    // What a vector of a map or of weights costs that is read, and written in another form or place.
    private const double Pass = 16;

    // Winograd's method: positions of a tile of 4x4 outputs, and what their products cost over those of a plain convolution, as they are read from a
    // cache farther away.
    private const int Tile = 4, TilePositions = 36;
    private const double TileMultiplication = 1.1;

    // Its transforms of one channel, in or out: of a vector of tiles where rows of tiles fill vectors, of float32 and of bfloat16, which is half as much
    // to read and write; where they do not, of a vector and of each of its pieces; and of a vector where a dilation makes them come from far and wide.
    private const double WholeVector = 520, WholeVectorOfPairs = 330, Vector = 400, Piece = 125, DilatedVector = 1300;

    /// <summary>The cheapest method for a convolution of maps of the plan's own type.</summary>
    /// <param name="elements">Channels that one multiplication of the plan's type takes: 1, or 2 of bfloat16.</param>
    public static PlanMethod CheapestMethod(MapOperation convolution, int elements) =>
        AllowsWinograd(convolution) && Winograd(convolution, elements) < Direct(convolution, elements) ? PlanMethod.Winograd : PlanMethod.Direct;

    /// <summary>By the operation's own method.</summary>
    /// <param name="elements">As above.</param>
    public static double OfPlan(MapOperation convolution, int elements) =>
        convolution.Method == PlanMethod.Winograd ? Winograd(convolution, elements) : Direct(convolution, elements);

    /// <summary>
    /// By libtorch, in whose blocks of output channels some may be missing. It brings the weights into their form at each call, and adds a residual and
    /// applies ReLU in a pass over the map.
    /// </summary>
    /// <param name="elements">As above.</param>
    public static double OfLibtorch(MapOperation convolution, int elements)
    {
        var (_, channels, height, width) = Sizes(convolution.Target);
        var hasPass = convolution.Relu || convolution.Residual is not null;
        return height * width / Lanes * PerPosition(convolution, elements) * RoundedUp(channels, BlockOfLibtorch)
            + OfPass(convolution.Weights!, elements) + (hasPass ? OfPass(convolution.Target, elements) : 0);
    }

    /// <summary>A map or weights brought from one form or place into another, once.</summary>
    /// <param name="elements">As above.</param>
    public static double OfPass(RecordedValue value, int elements) => value.Shape.Aggregate(1L, (a, b) => a * b) / (Lanes * elements) * Pass;

    private static double Direct(MapOperation convolution, int elements)
    {
        var (_, channels, height, width) = Sizes(convolution.Target);
        return height * width / Lanes * PerPosition(convolution, elements) * RoundedUp(channels, 2);
    }

    /// <summary>Multiplications for one position of one output channel.</summary>
    private static double PerPosition(MapOperation convolution, int elements) =>
        (double)RoundedUp(convolution.Source.Shape[1], elements) / elements * convolution.Kernel.Height * convolution.Kernel.Width;

    private static bool AllowsWinograd(MapOperation convolution) => convolution is { Kind: PlanStepKind.Convolution, Kernel: (3, 3), Stride: 1 };

    private static double Winograd(MapOperation convolution, int elements)
    {
        var (_, channels, height, width) = Sizes(convolution.Target);
        var (sources, dilation) = (convolution.Source.Shape[1], convolution.Dilation);
        var across = RoundedUp((width + dilation - 1) / dilation, Tile) / Tile;
        var down = RoundedUp((height + dilation - 1) / dilation, Tile) / Tile;
        var vectors = Math.Max(1, across * down * dilation * dilation / Lanes);
        var transform = dilation > 1 ? vectors * DilatedVector
            : across % Lanes == 0 ? vectors * (elements > 1 ? WholeVectorOfPairs : WholeVector)
            : vectors * Vector + down * Piece;
        return vectors * TilePositions * TileMultiplication * sources * channels + transform * (sources + channels);
    }

    private static (long Images, long Channels, long Height, long Width) Sizes(RecordedValue map) =>
        (map.Shape[0], map.Shape[1], map.Shape[2], map.Shape[3]);

    private static long RoundedUp(long value, long to) => (value + to - 1) / to * to;
}
