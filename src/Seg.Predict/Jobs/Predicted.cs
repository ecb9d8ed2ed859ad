namespace Seg.Predict.Jobs;

/// <summary>An image on its way through a <see cref="Pipeline"/>, with what a network found in it.</summary>
/// <param name="source">Taken over.</param>
/// <param name="result">null where there is no image.</param>
internal sealed class Predicted<TResult>(SourceImage source, TResult? result) : IDisposable
    where TResult : class
{
    public SourceImage Source => source;

    public TResult? Result => result;

    public void Dispose() => source.Dispose();
}
