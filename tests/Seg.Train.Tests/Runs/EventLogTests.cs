using System.Buffers.Binary;
using System.Text;
using Seg.Train.Runs;
using Seg.Train.Runs.TensorBoard;

namespace Seg.Train.Tests.Runs;

public sealed class EventLogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("123456789", 0xE3069283)]   // the check value of CRC-32C
    [InlineData("", 0)]
    public void Checksums_are_masked_crc_32c(string text, uint crc)
    {
        var masked = ((crc >> 15) | (crc << 17)) + 0xa282ead8;
        Assert.Equal(masked, RecordWriter.Checksum(Encoding.ASCII.GetBytes(text)));
    }

    [Fact]
    public void Steps_validations_and_pictures_stand_under_their_tags()
    {
        using (var log = new EventLog(folder.At(), step: 0))
        {
            log.Write(new StepLine { Step = 3, Epoch = 1, Loss = 1.5, LearningRate = 0.25, ImagesPerSecond = 8, DataWait = 0 });
            log.Write(new StepLine { Step = 4, Epoch = 1, Loss = null, LearningRate = 0.25, ImagesPerSecond = 8, DataWait = 0 });
            log.Write(new EpochLine
            {
                Epoch = 1,
                Step = 4,
                TrainLoss = 1.5,
                Scores = [new("mean_iou", 0.5), new("pixel_accuracy", 0.75)],
                PartsKey = "class_iou",
                Parts = [new("traffic sign", 0.125), new("bus", null)],
                Best = 0.5,
                ValidationSeconds = 1,
            });
            log.WriteImage("preview/a", 4, [1, 2, 3], (20, 10));
        }

        var events = Read(Assert.Single(Directory.GetFiles(folder.At(), "events.out.tfevents.*")));

        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Equal([0, 3, 4, 4, 4], events.Select(record => record.Step));
        Assert.All(events, record => Assert.InRange(record.WallTime, 1.7e9, 1e11));
        Assert.Equal(1.5f, Scalars(events[1])["train/loss"]);
        Assert.Equal(0.25f, Scalars(events[1])["train/learning_rate"]);
        Assert.DoesNotContain("train/loss", Scalars(events[2]).Keys);
        Assert.Equal(
            ["train/epoch_loss", "val/iou/traffic_sign", "val/mean_iou", "val/pixel_accuracy"], Scalars(events[3]).Keys.Order());
        Assert.Equal(0.125f, Scalars(events[3])["val/iou/traffic_sign"]);
        var image = Assert.Single(events[4].Summary.Value).Image;
        Assert.Equal((20, 10, 3), (image.Width, image.Height, image.Colorspace));
        Assert.Equal([1, 2, 3], image.EncodedImageString.ToByteArray());
    }

    [Fact]
    public void A_resumed_run_starts_a_file_that_voids_later_steps_of_the_one_before()
    {
        new EventLog(folder.At(), step: 0).Dispose();
        new EventLog(folder.At(), step: 7).Dispose();

        var files = Directory.GetFiles(folder.At(), "events.out.tfevents.*").Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(2, files.Length);
        var start = Read(files[1])[1];
        Assert.Equal(SessionLog.Types.SessionStatus.Start, start.SessionLog.Status);
        Assert.Equal(8, start.Step);
    }

    public void Dispose() => folder.Dispose();

    private static Dictionary<string, float> Scalars(Event record) => record.Summary.Value.ToDictionary(value => value.Tag, value => value.SimpleValue);

    /// <summary>Reads records as TensorFlow's format has them, checksums included.</summary>
    private static List<Event> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var events = new List<Event>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            Assert.Equal(RecordWriter.Checksum(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            var body = bytes.AsSpan(at + 12, length);
            Assert.Equal(RecordWriter.Checksum(body), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            events.Add(Event.Parser.ParseFrom(body));
            at += 16 + length;
        }
        return events;
    }
}
