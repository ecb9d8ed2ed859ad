using System.Diagnostics;
using OpenCvSharp;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using Seg.Predict.Imaging;
using Seg.Predict.Tests.Video;
using Seg.Predict.Video;

namespace Seg.Cli.Tests;

/// <summary>Predictions in a process of their own that is told to stop.</summary>
public sealed class PredictInterruptionTests : IDisposable
{
    private const int Images = 300;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [UnixTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_stopped_prediction_leaves_whole_files_and_no_others(string signal)
    {
        Directory.CreateDirectory(folder.At("in"));
        using (Mat image = new(192, 256, MatType.CV_8UC3, new Scalar(10, 20, 30)))
        {
            for (var index = 0; index < Images; index++)
                ImageFile.Write(folder.At("in", $"{index:000}.png"), image);
        }
        using var process = Predict(folder.At("in"), "--save", "overlay,mask");
        WaitFor(process, () => Results("*_overlay.png").Length >= 3);
        Process.Start("kill", [$"-{signal}", $"{process.Id}"]).WaitForExit();
        Assert.Equal((130, "seg: interrupted\n"), End(process));

        Assert.InRange(Results("*_overlay.png").Length, 3, Images - 1);
        Assert.Empty(Results("*.tmp*"));
        foreach (var file in Results("*.png"))
            ImageFile.ReadColor(file).Dispose();
        Assert.True(File.Exists(folder.At("out", "index.html")));
    }

    [UnixFact]
    public void A_stopped_stream_ends_its_video_and_is_a_success()
    {
        using VideoServer server = new();
        using var process = Predict($"http://127.0.0.1:{server.Port}/live");
        WaitFor(process, () => Results("*.tmp.mp4").Length > 0);
        Process.Start("kill", ["-INT", $"{process.Id}"]).WaitForExit();
        Assert.Equal((0, ""), End(process));

        // Beside it lies the page of its frames.
        var result = Assert.Single(Results("*"), path => !path.EndsWith("index.html", StringComparison.Ordinal));
        Assert.EndsWith("_live_overlay.mp4", result, StringComparison.Ordinal);
        using var video = VideoReader.Open(result);
        var frames = video.Frames().Select(frame => { frame.Dispose(); return 1; }).Sum();
        Assert.Equal(video.DeclaredFrames, frames);
    }

    private Process Predict(params string[] arguments)
    {
        string[] all =
        [
            Path.Combine(AppContext.BaseDirectory, "Seg.Cli.dll"), "predict", SaveModel(), .. arguments, "--out", folder.At("out"),
            "--device", "cpu", "--precision", "fp32", "--threads", "1",
        ];
        return Process.Start(new ProcessStartInfo("dotnet", all) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    private static void WaitFor(Process process, Func<bool> condition)
    {
        while (!condition())
        {
            Assert.False(process.HasExited, "It ended before it could be stopped.");
            Thread.Sleep(5);
        }
    }

    private static (int Code, string Error) End(Process process)
    {
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var isOver = process.WaitForExit(TimeSpan.FromMinutes(2));
        if (!isOver)
            process.Kill();
        Assert.True(isOver, "It did not stop within two minutes. (Do the tests run where SIGINT is ignored, as behind nohup and &?)");
        Task.WaitAll(output, error);
        return (process.ExitCode, error.Result);
    }

    private string[] Results(string pattern) =>
        Directory.Exists(folder.At("out")) ? Directory.GetFiles(folder.At("out"), pattern) : [];

    private string SaveModel()
    {
        SegmentationDescription description = new()
        {
            Model = new SegmentationConfig
            {
                NumClasses = 2,
                Backbone = new HRNetConfig { Width = 4, BottleneckChannels = 4, BlocksPerStage = [1, 1, 1, 1], ModulesPerStage = [1, 1, 1] },
                Head = new ConcatHeadConfig(),
            },
            Labels = new LabelSet { Names = ["road", "sky"], Colors = [new Rgb(128, 64, 128), new Rgb(70, 130, 180)] },
            InputSize = [48, 64],
        };
        using var network = NetworkFactory.Create(description.Model);
        ModelFile.Save(folder.At("model.safetensors"), network, description);
        return folder.At("model.safetensors");
    }
}
