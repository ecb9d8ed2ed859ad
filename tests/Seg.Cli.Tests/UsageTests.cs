namespace Seg.Cli.Tests;

public class UsageTests
{
    [Theory]
    [InlineData("there is no command 'trian' in 'seg'; did you mean 'train'?", "trian")]
    [InlineData("there is no command 'xyzzy' in 'seg'; see 'seg --help'", "xyzzy")]
    [InlineData("there is no command 'predcit' in 'seg'; did you mean 'predict'?", "predcit", "model.safetensors", "photos", "--out", "results")]
    [InlineData("there is no command 'chekc' in 'seg data'; did you mean 'check'?", "data", "chekc", "--quick")]
    [InlineData("The input 3x5 is no image of 3 channels; give --input CxHxW, such as 3x512x1024.", "info", "seg_hrnet_w18s", "--input", "3x5")]
    [InlineData("The input 4x64x64 is no image of 3 channels; give --input CxHxW, such as 3x512x1024.", "bench", "seg_hrnet_w18s", "--input", "4x64x64")]
    [InlineData("no command was given; see 'seg --help'")]
    [InlineData("there is no option '--jsn' in 'seg info'; did you mean '--json'?", "info", "--jsn", "seg_hrnet_w18s")]
    [InlineData("there is no option '--verbos' in 'seg info'; did you mean '--verbose'?", "info", "seg_hrnet_w18s", "--verbos")]
    [InlineData("see 'seg train --help'", "train")]
    [InlineData("'--out' is required; see 'seg predict --help'", "predict", "model.safetensors", "photos")]
    [InlineData("there is no argument 'extra' in 'seg info'", "info", "seg_hrnet_w18s", "extra")]
    public void A_wrong_command_line_is_told_in_one_line(string message, params string[] arguments) =>
        CommandRun.Of(arguments).Refused(exitCode: 2, message);

    [Theory]
    [InlineData("--device is 'gpu'; it can be auto, cpu, cuda or cuda:N.", "--device", "gpu")]
    [InlineData("--compile is 'often'; it can be on, off or auto", "--compile", "often")]
    [InlineData("--precision is 'int4'; it can be auto, fp32, bf16, fp16 or int8.", "--precision", "int4")]
    [InlineData("--threads is '0'; it must be a whole number, 1 or more.", "--threads", "0")]
    [InlineData("--batch is 'many'", "--batch", "many")]
    [InlineData("--input is '3x512'; it must be numbers such as 3x512x1024.", "--input", "3x0")]
    public void A_wrong_value_is_told_with_its_option(string message, string option, string value) =>
        CommandRun.Of("bench", "seg_hrnet_w18s", option, value).Refused(exitCode: 2, message.Replace("3x512'", "3x0'", StringComparison.Ordinal));

    [Theory]
    [InlineData("'overlya' cannot be saved; did you mean 'overlay'?", "--save", "overlya")]
    [InlineData("--opacity is '1.5'; it must be a number from 0 to 1.", "--opacity", "1.5")]
    [InlineData("--opacity is 'half'; it must be a number from 0 to 1.", "--opacity", "half")]
    [InlineData("--review-frames is '-1'; it must be a whole number, 0 or more.", "--review-frames", "-1")]
    [InlineData("there is no option '--pallete' in 'seg predict'; did you mean '--palette'?", "--pallete", "x.yaml")]
    public void A_wrong_wish_for_pictures_is_told_before_anything_is_read(string message, string option, string value) =>
        CommandRun.Of("predict", "model.safetensors", "photos", "--out", "out", option, value).Refused(exitCode: 2, message);

    [Theory]
    [InlineData("--window is '512'; it must be numbers such as 512x1024 (height x width).", "--window", "512")]
    [InlineData("--size is '0x32'; it must be numbers such as 512x1024 (height x width).", "--size", "0x32")]
    [InlineData("--overlap is 'half'; it must be a number such as 0.5.", "--overlap", "half")]
    [InlineData("--scales is '0.5;1'; it must be numbers such as 0.5,1,1.5.", "--scales", "0.5;1")]
    [InlineData("--blend is 'soft'; it can be smooth, uniform.", "--blend", "soft")]
    [InlineData("--average is 'mean'; it can be probabilities, logits, exponentials.", "--average", "mean")]
    public void A_wrong_view_is_told_with_its_option(string message, string option, string value)
    {
        CommandRun.Of("predict", "model.safetensors", "photos", "--out", "x", option, value).Refused(exitCode: 2, message);
        CommandRun.Of("eval", "model.safetensors", option, value).Refused(exitCode: 2, message);
    }

    [Fact]
    public void An_unknown_model_is_told_with_the_nearest() =>
        CommandRun.Of("info", "seg_hrnet_w18z").Refused(exitCode: 2, "'seg_hrnet_w18z' is neither a file nor a model", "did you mean 'seg_hrnet_w18");

    [Fact]
    public void An_unknown_config_key_is_told_with_the_nearest() =>
        CommandRun.Of("info", "seg_hrnet_w18s", "--set", "model.num_clases=3").Refused(exitCode: 2, "num_clases", "did you mean 'num_classes'?");

    [Fact]
    public void An_error_is_told_without_what_is_wrapped_around_it()
    {
        DllNotFoundException missing = new("libcairo.so.2 was not found");
        var told = "libcairo.so.2 was not found (DllNotFoundException; --verbose shows where)";
        Assert.Equal(told, CommandLine.Describe(missing));
        Assert.Equal(told, CommandLine.Describe(new TypeInitializationException("Seg.Legend", missing)));
        Assert.Equal(told, CommandLine.Describe(new AggregateException(new TypeInitializationException("Seg.Legend", missing))));
        Assert.Equal("Disk full.", CommandLine.Describe(new AggregateException(new IOException("Disk full."))));
        Assert.Contains("(AggregateException; ", CommandLine.Describe(new AggregateException(missing, missing)));
    }

    [Fact]
    public void Verbose_adds_where_the_error_came_from()
    {
        var run = CommandRun.Of("info", "nowhere.yaml", "--verbose");
        Assert.Equal(2, run.ExitCode);
        Assert.Matches(@"^seg: There is no configuration nowhere\.yaml\.\n.*\n\s+at Seg\.", run.Error);
        CommandRun.Of("info", "nowhere.yaml").Refused(exitCode: 2, "nowhere.yaml");
    }
}
