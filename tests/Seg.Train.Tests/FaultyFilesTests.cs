using Seg.Models;
using Seg.Train.Checks;
using Seg.Train.Datasets;
using Seg.Train.Metrics;

namespace Seg.Train.Tests;

/// <summary>What becomes of a training whose data are faulty, or vanish while it goes on.</summary>
public sealed class FaultyFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private readonly RunConfig config;

    public FaultyFilesTests()
    {
        TestConfigs.WriteImages(folder.At("data"), train: 4, validation: 2);
        var tiny = TestConfigs.Tiny(folder.At("data"));
        config = tiny with { Data = tiny.Data! with { CacheMegabytes = 0 } };
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_fault_is_found_before_the_first_epoch_and_nothing_is_written()
    {
        File.Delete(folder.At("data", "masks", "val", "01.png"));
        File.WriteAllBytes(Image("train", "02"), []);
        var error = Assert.Throws<InputException>(() => Train(config));
        Assert.Contains("01.png' has no mask", error.Message);
        Assert.False(Directory.Exists(folder.At("run")));

        TestConfigs.WriteImages(folder.At("data"), train: 4, validation: 2);
        File.WriteAllBytes(Image("train", "02"), []);
        error = Assert.Throws<InputException>(() => Train(config));
        Assert.Contains("02.png' is empty (0 bytes). Copy or export it again.", error.Message);
        Assert.False(Directory.Exists(folder.At("run")));
    }

    [Fact]
    public void A_warning_is_told_and_the_run_goes_on()
    {
        File.WriteAllText(folder.At("data", "images", "train", "photo.heic"), "?");
        var progress = new RecordedProgress();
        Train(config with { Train = config.Train with { Epochs = 1 } }, progress);
        Assert.Contains(progress.Warnings, warning => warning.Contains("photo.heic' lies among the images but is not read", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_the_check_the_run_begins_and_stops_at_the_file()
    {
        File.WriteAllBytes(Image("train", "02"), []);
        var error = Assert.Throws<InputException>(() => Train(config with { Data = config.Data! with { Check = CheckDepth.None } }));
        Assert.Contains("02.png' is empty", error.Message);
    }

    [Fact]
    public void A_file_that_vanishes_ends_the_run_after_a_checkpoint_from_which_it_goes_on()
    {
        var hidden = folder.At("hidden.png");
        var progress = new RecordedProgress(onStep: report =>
        {
            if (report.TotalStep == 2)
                File.Move(Image("train", "03"), hidden);
        });
        var error = Assert.Throws<InputException>(() => Train(config, progress));
        Assert.Contains($"There is no file '{Image("train", "03")}'.", error.Message);
        Assert.EndsWith("The run is saved: correct that, and --resume goes on. With data.faulty_images=skip a run leaves such files out.", error.Message);
        Assert.InRange(progress.Steps.Count, 2, 3);

        File.Move(hidden, Image("train", "03"));
        var resumed = new RecordedProgress();
        var result = Train(config, resumed, resume: true);
        Assert.Equal((3, 6L), (result.Epochs, result.Steps));
        Assert.Equal(6, progress.Steps.Count + resumed.Steps.Count);
    }

    [Fact]
    public void What_spoils_before_a_validation_ends_the_run_after_a_checkpoint_too()
    {
        var progress = new RecordedProgress(onStep: report =>
        {
            if (report.TotalStep == 2)
                File.WriteAllBytes(Image("val", "00"), []);
        });
        var error = Assert.Throws<InputException>(() => Train(config, progress));
        Assert.Contains("The run is saved: correct that, and --resume goes on.", error.Message);

        // One file may be faulty however few there are.
        var skip = config with { Data = config.Data! with { FaultyImages = FaultyImagePolicy.Skip } };
        var resumed = new RecordedProgress();
        var result = Train(skip, resumed, resume: true);
        Assert.Equal(3, result.Epochs);
        Assert.Equal(1, ((SegmentationScores)result.LastValidation!).Images);
    }

    [Fact]
    public void Faulty_files_are_left_out_told_once_and_counted_where_the_config_says_so()
    {
        File.WriteAllBytes(Image("train", "02"), []);
        File.WriteAllText(folder.At("data", "masks", "val", "00.png"), "no mask");
        var progress = new RecordedProgress();
        var result = Train(config with { Data = config.Data! with { FaultyImages = FaultyImagePolicy.Skip } }, progress);

        Assert.Equal((3, 6L), (result.Epochs, result.Steps));
        Assert.Equal(1, ((SegmentationScores)result.LastValidation!).Images);
        Assert.Single(progress.Warnings, warning => warning.EndsWith("02.png' is empty (0 bytes). Left out, the 1st of 4 images.", StringComparison.Ordinal));
        Assert.Single(progress.Warnings, warning => warning.Contains("val/00.png", StringComparison.Ordinal) && warning.EndsWith("Left out, the 1st of 2 images.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_lost_many_of_its_files_ends_even_so()
    {
        File.WriteAllBytes(Image("train", "02"), []);
        File.WriteAllBytes(Image("train", "03"), []);
        var error = Assert.Throws<InputException>(() => Train(config with { Data = config.Data! with { FaultyImages = FaultyImagePolicy.Skip } }));
        Assert.Contains("2 of 4 images cannot be read, too many to leave out", error.Message);
    }

    [Fact]
    public void A_run_that_leaves_faulty_files_out_already_is_not_told_to()
    {
        var progress = new RecordedProgress(onStep: report =>
        {
            foreach (var name in report.TotalStep == 2 ? (string[])["00", "01", "02", "03"] : [])
                File.WriteAllBytes(Image("train", name), []);
        });
        var error = Assert.Throws<InputException>(
            () => Train(config with { Data = config.Data! with { FaultyImages = FaultyImagePolicy.Skip } }, progress));
        Assert.Contains("too many to leave out", error.Message);
        Assert.EndsWith("The run is saved: correct that, and --resume goes on.", error.Message);
    }

    [Fact]
    public void A_fault_is_told_also_where_the_run_cannot_be_saved_then()
    {
        var progress = new RecordedProgress(onStep: report =>
        {
            if (report.TotalStep != 2)
                return;
            File.WriteAllBytes(Image("val", "00"), []);
            // A folder stands where the checkpoint would be written.
            Directory.CreateDirectory(folder.At("run", "last.state.safetensors.next.tmp"));
        });
        var error = Assert.Throws<InputException>(() => Train(config, progress));
        Assert.Contains("00.png' is empty", error.Message);
        Assert.Contains("The run could not be saved then: ", error.Message);
        Assert.Contains("last.state.safetensors", error.Message);
        Assert.EndsWith("and start the run again. With data.faulty_images=skip a run leaves such files out.", error.Message);
    }

    private string Image(string split, string name) => folder.At("data", "images", split, $"{name}.png");

    private TrainingResult Train(RunConfig run, RecordedProgress? progress = null, bool resume = false) =>
        new Trainer(run, new TrainerOptions { RunDirectory = folder.At("run"), Threads = 1, Resume = resume }, progress ?? new RecordedProgress()).Run();
}
