namespace Seg.Models.Codecs;

/// <summary>
/// The part of an image that a top-down network sees of one person, and how its pixels and the network's input pixels relate.
/// </summary>
public sealed record PersonCrop
{
    private PersonCrop(double centerX, double centerY, double width, double height, AffineMap toInput) =>
        (CenterX, CenterY, Width, Height, ToInput, ToImage) = (centerX, centerY, width, height, toInput, toInput.Inverse());

    /// <summary>The middle of the part, in image pixels.</summary>
    public double CenterX { get; }

    /// <summary>The middle of the part, in image pixels.</summary>
    public double CenterY { get; }

    /// <summary>Extent of the part along the input's width, in image pixels; the authors' <c>scale[0] * 200</c>.</summary>
    public double Width { get; }

    /// <summary>Extent of the part along the input's height, in image pixels.</summary>
    public double Height { get; }

    /// <summary>From image pixels to input pixels.</summary>
    public AffineMap ToInput { get; }

    /// <summary>From input pixels to image pixels.</summary>
    public AffineMap ToImage { get; }

    /// <summary>
    /// The crop of the pose HRNet authors (<c>get_affine_transform</c> in their code): the part's extent, measured by its width alone,
    /// becomes that of the input.
    /// </summary>
    /// <param name="centerX">The middle of the part, in image pixels.</param>
    /// <param name="centerY">The middle of the part, in image pixels.</param>
    /// <param name="width">Extent of the part, in image pixels.</param>
    /// <param name="rotation">
    /// Degrees by which the person is turned back: one who leans so far clockwise, to the right, stands upright in the input.
    /// </param>
    /// <param name="inputSize">Of the network, in pixels.</param>
    public static PersonCrop Plain(double centerX, double centerY, double width, double rotation, (int Height, int Width) inputSize)
    {
        var zoom = inputSize.Width / width;
        var (sine, cosine) = Math.SinCos(double.DegreesToRadians(rotation));
        return new(centerX, centerY, width, inputSize.Height / zoom, new(
            zoom * cosine, zoom * sine, inputSize.Width * 0.5 - zoom * (cosine * centerX + sine * centerY),
            -zoom * sine, zoom * cosine, inputSize.Height * 0.5 - zoom * (cosine * centerY - sine * centerX)));
    }

    /// <summary>
    /// The crop of "The Devil is in the Details: Unbiased Data Processing for Human Pose Estimation" (Huang et al., CVPR 2020,
    /// arXiv:1911.07524): lengths are counted between pixel centres, so that the part's extent becomes that of the input less one.
    /// </summary>
    /// <remarks>mmpose calls it <c>get_udp_warp_matrix</c>, whose angle has the opposite sign.</remarks>
    /// <param name="centerX">The middle of the part, in image pixels.</param>
    /// <param name="centerY">The middle of the part, in image pixels.</param>
    /// <param name="width">Extent of the part, in image pixels.</param>
    /// <param name="height">Extent of the part, in image pixels.</param>
    /// <param name="rotation">Degrees, as in <see cref="Plain"/>.</param>
    /// <param name="inputSize">Of the network, in pixels.</param>
    public static PersonCrop Unbiased(
        double centerX, double centerY, double width, double height, double rotation, (int Height, int Width) inputSize)
    {
        var (zoomX, zoomY) = ((inputSize.Width - 1) / width, (inputSize.Height - 1) / height);
        var (sine, cosine) = Math.SinCos(double.DegreesToRadians(rotation));
        return new(centerX, centerY, width, height, new(
            zoomX * cosine, zoomX * sine, zoomX * (0.5 * width - cosine * centerX - sine * centerY),
            -zoomY * sine, zoomY * cosine, zoomY * (0.5 * height + sine * centerX - cosine * centerY)));
    }

    /// <summary>From input pixels to image pixels.</summary>
    public (double X, double Y) Invert(double x, double y) => ToImage.Apply(x, y);
}
