using Google.Protobuf;

namespace Seg.Train.Runs.TensorBoard;

/// <summary>A run's events file, which TensorBoard shows: <c>tensorboard --logdir runs</c>.</summary>
/// <remarks>
/// Tags: train/loss, train/learning_rate, train/images_per_second, train/data_wait, train/epoch_loss; each score as val/KEY and that of each class or
/// keypoint (val/mean_iou, val/pixel_accuracy, val/iou/CLASS; val/ap …, val/pck/KEYPOINT); images of the previews as preview/NAME.
/// </remarks>
public sealed class EventLog : IDisposable
{
    private readonly RecordWriter writer;

    /// <summary>Starts a new file in the folder; those of earlier sittings stay, but what they say of later steps no longer counts.</summary>
    /// <param name="folder">Of the run.</param>
    /// <param name="step">Steps that the run has done.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public EventLog(string folder, long step)
    {
        var stream = Create(folder);
        writer = new RecordWriter(stream);
        writer.Write(new Event { WallTime = Now(), FileVersion = "brain.Event:2" });
        if (step > 0)
            Write(step + 1, new Event { SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start } });
    }

    public void Write(StepLine line)
    {
        var summary = new Summary();
        Add(summary, "train/loss", line.Loss);
        Add(summary, "train/learning_rate", line.LearningRate);
        Add(summary, "train/images_per_second", line.ImagesPerSecond);
        Add(summary, "train/data_wait", line.DataWait);
        Write(line.Step, new Event { Summary = summary });
    }

    public void Write(EpochLine line)
    {
        var summary = new Summary();
        Add(summary, "train/epoch_loss", line.TrainLoss);
        foreach (var (key, score) in line.Scores)
            Add(summary, $"val/{key}", score);
        var parts = line.PartsKey[(line.PartsKey.IndexOf('_') + 1)..];
        foreach (var (name, score) in line.Parts)
            Add(summary, $"val/{parts}/{name.Replace(' ', '_')}", score);
        Write(line.Step, new Event { Summary = summary });
    }

    /// <summary>Adds a picture.</summary>
    /// <param name="tag">What TensorBoard calls it.</param>
    /// <param name="png">The encoded image.</param>
    /// <param name="size">In pixels.</param>
    public void WriteImage(string tag, long step, ReadOnlySpan<byte> png, (int Width, int Height) size)
    {
        const int Rgb = 3;
        var image = new Summary.Types.Image
        {
            Width = size.Width,
            Height = size.Height,
            Colorspace = Rgb,
            EncodedImageString = ByteString.CopyFrom(png),
        };
        Write(step, new Event { Summary = new Summary { Value = { new Summary.Types.Value { Tag = tag, Image = image } } } });
    }

    public void Dispose() => writer.Dispose();

    private void Write(long step, Event record)
    {
        record.Step = step;
        record.WallTime = Now();
        writer.Write(record);
    }

    private static void Add(Summary summary, string tag, double? value)
    {
        if (value is { } known)
            summary.Value.Add(new Summary.Types.Value { Tag = tag, SimpleValue = (float)known });
    }

    /// <summary>TensorBoard orders a run's files by name: by second, then by what follows.</summary>
    private static FileStream Create(string folder)
    {
        var name = $"events.out.tfevents.{DateTimeOffset.UtcNow.ToUnixTimeSeconds():D10}.{Environment.MachineName}.{Environment.ProcessId}";
        for (var number = 0; ; number++)
        {
            try
            {
                return new FileStream(Path.Combine(folder, $"{name}.{number}"), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            }
            catch (IOException) when (File.Exists(Path.Combine(folder, $"{name}.{number}")))
            {
            }
        }
    }

    private static double Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
}
