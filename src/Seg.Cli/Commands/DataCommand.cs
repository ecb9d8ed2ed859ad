using System.CommandLine;
using Seg.Cli.Display;
using Seg.Cli.Options;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Train;
using Seg.Train.Checks;
using Seg.Train.Jobs;

namespace Seg.Cli.Commands;

/// <summary><c>seg data</c>: looks at a config's data before anything is trained on them.</summary>
internal static class DataCommand
{
    public static Command Create(Terminal terminal) =>
        new ExampleCommand("data", "Look at data before training on them: faults, counts, augmented batches.",
            "seg data check configs/camvid/hrnet_w18s.yaml --data ../camvid",
            "seg data preview configs/camvid/hrnet_w18s.yaml --data ../camvid --out preview")
        {
            CreateCheck(terminal),
            CreatePreview(terminal),
            CreateMosaic(terminal),
            CreateSelect(terminal),
        };

    private static ExampleCommand CreateCheck(Terminal terminal)
    {
        Inputs inputs = new();
        Option<bool> quick = new("--quick") { Description = "Look into some files of each split only, as training does before its first epoch." };
        Option<string[]> splits = new("--split") { Description = "Split to check, repeatable; train and val by default.", HelpName = "NAME" };
        Option<string> json = new("--json")
        {
            Description = "Write the report as JSON, to FILE or, without one, instead of the tables.",
            HelpName = "FILE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        ExampleCommand command = new("check", "Count a data set's images and classes, and find what is wrong with it; exit code 2 where something is.",
            "seg data check configs/camvid/hrnet_w18s.yaml --data ../camvid",
            "seg data check my.yaml --json report.json")
        {
            quick, splits, json,
        };
        inputs.AddTo(command);
        command.Do(terminal, (parsed, terminal, cancellation) =>
        {
            var config = inputs.Read(parsed);
            DataCheckOptions options = new()
            {
                Depth = parsed.GetValue(quick) ? CheckDepth.Quick : CheckDepth.Full,
                Splits = parsed.GetValue(splits) is { Length: > 0 } names ? names : new DataCheckOptions().Splits,
                ModelClasses = config.Model.NumClasses,
                BatchSize = config.Train.BatchSize,
                IsBottomUp = config.Model is BottomUpPoseConfig,
            };
            using var line = new ProgressLine(terminal);
            var report = DataCheck.Run(config.Data!, options, (done, total) => line.Show($"{done} of {total} images"), cancellation);
            line.Clear();
            if (parsed.GetResult(json) is null)
                DataReportText.Write(terminal.Output, report);
            else if (parsed.GetValue(json) is { } path)
                AtomicFile.WriteText(path, report.ToJson() + "\n");
            else
                terminal.Output.WriteLine(report.ToJson());
            return report.Errors > 0 ? ExitCode.WrongInput : ExitCode.Done;
        });
        return command;
    }

    private static ExampleCommand CreatePreview(Terminal terminal)
    {
        Inputs inputs = new();
        Option<string> output = new("--out") { Description = "Folder for the pictures.", HelpName = "DIR", Required = true };
        Option<string> batches = new("--count") { Description = "Batches to draw; 3 by default.", HelpName = "N" };
        Option<string> epoch = new("--epoch") { Description = "Epoch to draw them of; 1 by default.", HelpName = "N" };
        Option<string> split = new("--split") { Description = "Part of the data; train by default.", HelpName = "NAME" };
        ExampleCommand command = new("preview", "Draw augmented batches, exactly as training would get them, with their labels over them.",
            "seg data preview configs/camvid/hrnet_w18s.yaml --data ../camvid --out preview",
            "seg data preview my.yaml --out preview --count 1 --set data.augmentation.rotate.degrees=10")
        {
            output, batches, epoch, split,
        };
        inputs.AddTo(command);
        command.Do(terminal, (parsed, terminal, cancellation) =>
        {
            DataPreviewRequest request = new()
            {
                Config = inputs.Read(parsed),
                Out = parsed.GetRequiredValue(output),
                Batches = NumberOptions.Whole("--count", parsed.GetValue(batches) ?? "3", minimum: 1),
                Epoch = NumberOptions.Whole("--epoch", parsed.GetValue(epoch) ?? "1", minimum: 1),
                Split = parsed.GetValue(split) ?? "train",
            };
            foreach (var path in DataPreviewJob.Run(request, cancellation))
                terminal.Output.WriteLine(path);
            return ExitCode.Done;
        });
        return command;
    }

    private static ExampleCommand CreateMosaic(Terminal terminal)
    {
        Inputs inputs = new();
        Option<string> output = new("--out") { Description = "The new data set's folder; data.root of a config like this one.", HelpName = "DIR", Required = true };
        Option<string> grid = new("--grid") { Description = "Images beside and above each other in a picture; 2x2 by default.", HelpName = "CxR" };
        Option<string> size = new("--size") { Description = "Size of the pictures in pixels; 512x512 by default.", HelpName = "WxH" };
        Option<string> copies = new("--copies") { Description = "In how many pictures each image stands; 1 by default.", HelpName = "N" };
        Option<string> seed = new("--seed") { Description = "The same seed makes the same pictures; 1 by default.", HelpName = "N" };
        Option<string[]> splits = new("--split") { Description = "Split to make, repeatable; train and val by default.", HelpName = "NAME" };
        ExampleCommand command = new("mosaic", "Make pictures of several people, with their keypoints, of images that show one: to train and try bottom-up networks.",
            "seg data mosaic configs/lspet/pose_hrnet_w32s.yaml --data ../lspet --out ../lspet_mosaics",
            "seg data mosaic my.yaml --out mosaics --grid 3x2 --size 768x512 --copies 4 --split train")
        {
            output, grid, size, copies, seed, splits,
        };
        inputs.AddTo(command);
        command.Do(terminal, (parsed, terminal, cancellation) =>
        {
            var cells = NumberOptions.Shape("--grid", parsed.GetValue(grid) ?? "2x2", 2, 2, "3x2");
            var extent = NumberOptions.Shape("--size", parsed.GetValue(size) ?? "512x512", 2, 2, "768x512");
            MosaicRequest request = new()
            {
                Config = inputs.Read(parsed),
                Out = parsed.GetRequiredValue(output),
                Splits = parsed.GetValue(splits) is { Length: > 0 } names ? names : ["train", "val"],
                Columns = (int)cells[0],
                Rows = (int)cells[1],
                Width = (int)extent[0],
                Height = (int)extent[1],
                Copies = NumberOptions.Whole("--copies", parsed.GetValue(copies) ?? "1", minimum: 1),
                Seed = NumberOptions.Whole("--seed", parsed.GetValue(seed) ?? "1", minimum: 0),
            };
            using var line = new ProgressLine(terminal);
            var made = MosaicJob.Run(request, (done, total) => line.Show($"{done} of {total} pictures"), cancellation);
            line.Clear();
            foreach (var split in made)
                terminal.Output.WriteLine($"{split.Split}: {split.Pictures} pictures of {split.People} people in {request.Out}");
            return ExitCode.Done;
        });
        return command;
    }

    private static ExampleCommand CreateSelect(Terminal terminal)
    {
        Option<string> review = new("--review") { Description = "Decisions that the page of a review has exported as JSON.", HelpName = "FILE", Required = true };
        Option<string> decision = new("--decision")
        {
            Description = "Which images: accepted, rejected, flagged, undecided, or several with commas between.",
            HelpName = "WORDS",
            Required = true,
        };
        Option<string> output = new("--out") { Description = "List to write, one path a line, for data.lists of a config.", HelpName = "FILE", Required = true };
        ExampleCommand command = new("select", "Make a list of the images that were accepted, rejected or flagged in a review, for the next training.",
            "seg data select --review decisions.json --decision rejected --out rejected.txt",
            "seg train my.yaml --set 'data.lists={train: rejected.txt}'")
        {
            review, decision, output,
        };
        command.Do(terminal, (parsed, terminal, _) =>
        {
            var list = parsed.GetRequiredValue(output);
            var selection = DataSelection.Write(parsed.GetRequiredValue(review), parsed.GetRequiredValue(decision), list);
            if (selection.Missing > 0)
                terminal.Error.WriteLine($"seg: {selection.Missing} of these images are not where they were predicted from any more; the list names them all the same.");
            terminal.Output.WriteLine($"{selection.Images} {(selection.Images == 1 ? "image" : "images")} in {list}");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The config that these commands take.</summary>
    private sealed class Inputs
    {
        private readonly Argument<string> config = new("CONFIG") { Description = "Config with model: and data: sections." };
        private readonly Option<string> data = new("--data") { Description = "The data set's folder (data.root).", HelpName = "DIR" };
        private readonly Option<string[]> set = ConfigOptions.Set();

        public void AddTo(Command command)
        {
            command.Add(config);
            command.Add(data);
            command.Add(set);
        }

        /// <exception cref="InputException">The config is faulty or has no data.</exception>
        public RunConfig Read(ParseResult parsed)
        {
            var file = ConfigReader.Find(parsed.GetRequiredValue(config));
            string[] overrides = parsed.GetValue(data) is { } folder ? [$"data.root={ConfigOptions.Quoted(folder)}"] : [];
            var read = ConfigReader.Read<RunConfig>(file, [.. overrides, .. parsed.GetValue(set)!]);
            return read.Data is null ? throw new InputException($"{file} has no 'data:' section; see configs/camvid for one.") : read;
        }
    }
}
