namespace Seg.Predict.Views;

/// <summary>What one window has to do with a pixel, along one axis.</summary>
/// <param name="Window">Its number, from 0 on.</param>
/// <param name="Position">The pixel's, in pixels of the window; a pixel's centre is a whole number.</param>
/// <param name="Weight">What the window counts, above 0; those of all windows at a pixel add up to 1.</param>
internal readonly record struct WindowPart(int Window, double Position, double Weight);
