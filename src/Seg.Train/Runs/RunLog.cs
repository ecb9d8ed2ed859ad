using Seg.Train.Runs.TensorBoard;

namespace Seg.Train.Runs;

/// <summary>Everything that a run notes down while it goes on: <see cref="MetricsLog"/> for programs, <see cref="EventLog"/> for TensorBoard.</summary>
public sealed class RunLog : IDisposable
{
    private readonly MetricsLog metrics;
    private readonly EventLog events;

    /// <param name="run">Where the files lie.</param>
    /// <param name="step">Steps that the run has done; what was noted of later ones is dropped.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public RunLog(RunDirectory run, long step)
    {
        metrics = new MetricsLog(run.Metrics, step);
        try
        {
            events = new EventLog(run.Folder, step);
        }
        catch
        {
            metrics.Dispose();
            throw;
        }
    }

    public void Write(StepLine line)
    {
        metrics.Write(line);
        events.Write(line);
    }

    public void Write(EpochLine line)
    {
        metrics.Write(line);
        events.Write(line);
    }

    /// <summary>Shows a preview, a PNG file, under its name.</summary>
    public void WritePreview(string path, long step, (int Width, int Height) size) =>
        events.WriteImage($"preview/{Path.GetFileNameWithoutExtension(path)}", step, File.ReadAllBytes(path), size);

    public void Dispose()
    {
        metrics.Dispose();
        events.Dispose();
    }
}
