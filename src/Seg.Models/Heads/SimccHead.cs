using Seg.Models.Backbones;
using Seg.Models.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Heads;

/// <summary>
/// SimCC's head: a convolution makes one map a keypoint of the finest map, and two linear layers, which all keypoints share, classify the
/// flattened map's column and row.
/// </summary>
/// <remarks>
/// Li et al., "SimCC: a Simple Coordinate Classification Perspective for Human Pose Estimation", ECCV 2022, arXiv:2107.03332; keys and
/// start of the authors' code (<c>COORD_REPRESENTATION: sa-simdr</c>). RTMPose (arXiv:2303.07399) puts a wider convolution and an attention
/// unit before these layers, which are not here.
/// Shapes: maps (N, C_i, h_i, w_i) → (N, keypoints, columns' bins + rows' bins).
/// </remarks>
public sealed class SimccHead : Head
{
    private readonly Conv2d final;
    private readonly Linear columns, rows;
    private readonly int height, width, stride;

    /// <param name="map">The backbone's finest map.</param>
    /// <param name="keypoints">Maps; at least 1.</param>
    /// <param name="kernel">Of the convolution, 1 or 3.</param>
    /// <param name="inputSize">Of the network's inputs, in pixels; no other will do.</param>
    /// <param name="bins">Of the inputs' rows and columns.</param>
    public SimccHead(FeatureMap map, int keypoints, int kernel, (int Height, int Width) inputSize, (int Rows, int Columns) bins)
        : base(nameof(SimccHead))
    {
        stride = map.Stride;
        (height, width) = (Positions(inputSize.Height), Positions(inputSize.Width));
        // The names are the checkpoints' keys.
        register_module("final_layer", final = Conv2d(map.Channels, keypoints, (long)kernel, padding: (long)(kernel / 2)));
        register_module("mlp_head_x", columns = Linear(height * width, bins.Columns));
        register_module("mlp_head_y", rows = Linear(height * width, bins.Rows));

        int Positions(int extent) => (extent + stride - 1) / stride;
    }

    public override string? Key => null;

    /// <exception cref="ArgumentException">The input has another size than the head was made for.</exception>
    public override Tensor[] forward(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        if (maps[0].shape[2] != height || maps[0].shape[3] != width)
        {
            throw new ArgumentException(
                $"The head simcc was made for inputs of about {height * stride} x {width * stride} pixels, but got a map as of " +
                $"{maps[0].shape[2] * stride} x {maps[0].shape[3] * stride}: model.head.input_size must be the input's size.");
        }
        var flat = final.call(maps[0]).flatten(2);                                             // (N, keypoints, h · w)
        return [cat([columns.call(flat), rows.call(flat)], 2).MoveToOuterDisposeScope()];
    }

    /// <summary>The linear layers stay as PyTorch makes them, and the authors leave them.</summary>
    public override void InitializeAsAuthors()
    {
        WeightInitializer.DrawConvolutions(this, deviation: 0.001);
        init.zeros_(final.bias!);
    }
}
