using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>What the convolutions have in common: sizes, weight and bias.</summary>
public abstract class Convolution : Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))]
    protected Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    protected Parameter? _bias;

    // What functional.pad is given where the padding is not of zeros: the last dimension first, before and after.
    protected long[] _reversed_padding_repeated_twice = [];

    /// <param name="padding">An amount a dimension, or null where <paramref name="padding_type"/> says it.</param>
    /// <exception cref="ArgumentException">A transposed convolution with another padding than zeros, or a strided one with
    /// "same".</exception>
    protected Convolution(
        string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type,
        long[] dilation, bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode,
        Device? device = null, ScalarType? dtype = null) : base(name)
    {
        if (transposed && padding_mode != PaddingModes.Zeros)
            throw new ArgumentException("Only PaddingModes.Zeros is supported for ConvTransposeND", nameof(padding_mode));
        this.in_channels = in_channels;
        this.out_channels = out_channels;
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.dilation = dilation;
        this.transposed = transposed;
        this.output_padding = output_padding;
        this.groups = groups;
        this.padding_mode = padding_mode;
        if (padding_type is { } type)
            SetPadding(type);
        else
            SetPadding(padding ?? new long[kernel_size.Length]);

        long[] channels = transposed ? [in_channels, out_channels / groups] : [out_channels, in_channels / groups];
        weight = Parameter(empty([.. channels, .. kernel_size], dtype, device));
        if (bias)
            this.bias = Parameter(empty([out_channels], dtype, device));
        reset_parameters();
    }

    public long in_channels { get; }

    public long out_channels { get; }

    /// <summary>Extents of the window, (H, W) in two dimensions; so are stride, padding, dilation.</summary>
    public long[] kernel_size { get; set; }

    public long[] stride { get; set; }

    /// <summary>Elements added on each side; null where <see cref="padding_type"/> says it.</summary>
    public long[]? padding { get; private set; }

    public Padding? padding_type { get; private set; }

    public PaddingModes padding_mode { get; set; }

    public long[] dilation { get; set; }

    public long[] output_padding { get; set; }

    public long groups { get; set; }

    public bool transposed { get; }

    /// <summary>
    /// (out, in / groups, kernel…), or (in, out / groups, kernel…) when transposed. A new value takes the old one's place, which is
    /// disposed.
    /// </summary>
    public Parameter weight
    {
        get => _weight!;
        set => SetParameter(nameof(weight), ref _weight, value);
    }

    /// <summary>(out), or null. A new value takes the old one's place, which is disposed.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => SetParameter(nameof(bias), ref _bias, value);
    }

    /// <summary>PyTorch's default: uniform within ± 1 / √(fan in), for weight and bias.</summary>
    public void reset_parameters()
    {
        init.kaiming_uniform_(weight, Math.Sqrt(5)); // this a makes Kaiming's bound 1 / √(fan in)
        if (bias is null)
            return;
        var (fanIn, _) = init.CalculateFanInAndFanOut(weight);
        if (fanIn == 0)
            return;
        double bound = 1 / Math.Sqrt(fanIn);
        init.uniform_(bias, -bound, bound);
    }

    public void SetPadding(long[] padding)
    {
        padding_type = null;
        this.padding = padding;
        _reversed_padding_repeated_twice = [.. padding.Reverse().SelectMany(amount => new[] { amount, amount })];
    }

    /// <exception cref="ArgumentException">The convolution is transposed, or it has strides and is to keep the extent.</exception>
    public void SetPadding(Padding padding)
    {
        if (transposed)
            throw new ArgumentException("Cannot set padding type on ConvTransposeND", nameof(padding));
        if (padding == Padding.Same && stride.Any(step => step != 1))
            throw new ArgumentException("padding='same' is not supported for strided convolutions", nameof(padding));
        this.padding = null;
        padding_type = padding;
        _reversed_padding_repeated_twice = new long[2 * kernel_size.Length];
        if (padding != Padding.Same)
            return;
        for (int i = 0; i < kernel_size.Length; i++)
        {
            long total = dilation[i] * (kernel_size[i] - 1);
            int last = 2 * (kernel_size.Length - 1 - i);
            _reversed_padding_repeated_twice[last] = total / 2;
            _reversed_padding_repeated_twice[last + 1] = total - total / 2;
        }
    }

    /// <summary>The input with the border that <see cref="padding_mode"/> asks for; convolve it without padding.</summary>
    private protected Tensor Padded(Tensor input) => functional.pad(input, _reversed_padding_repeated_twice, padding_mode);
}
