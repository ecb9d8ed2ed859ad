namespace SkiaSharp.Tests;

/// <summary>A small bitmap and its canvas, to draw on and look at.</summary>
internal sealed class Picture : IDisposable
{
    public Picture(int width, int height, SKColorType type = SKColorType.Bgra8888, SKAlphaType alpha = SKAlphaType.Premul)
    {
        Bitmap = new SKBitmap(width, height, type, alpha);
        Canvas = new SKCanvas(Bitmap);
    }

    public SKBitmap Bitmap { get; }

    public SKCanvas Canvas { get; }

    public SKColor this[int x, int y]
    {
        get
        {
            Canvas.Flush();
            return Bitmap.GetPixel(x, y);
        }
    }

    /// <summary>How many pixels are not fully transparent.</summary>
    public int Inked => Enumerable.Range(0, Bitmap.Width * Bitmap.Height).Count(i => this[i % Bitmap.Width, i / Bitmap.Width].Alpha > 0);

    public void Dispose()
    {
        Canvas.Dispose();
        Bitmap.Dispose();
    }
}
