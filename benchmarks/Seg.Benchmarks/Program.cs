using Seg.Benchmarks;

switch (args)
{
    case ["operator-call"]:
        OperatorCall.Run();
        return 0;
    case ["memory", .. var counts] when counts.Length is 0 or 2 && counts.All(count => int.TryParse(count, out var number) && number >= 10):
        Memory.Run(steps: counts.Length > 0 ? int.Parse(counts[0]) : 1000, predictions: counts.Length > 0 ? int.Parse(counts[1]) : 2000);
        return 0;
    case ["local-relation", "operator" or "unfolded", "forward" or "training", "channels-first" or "channels-last", var runs] when int.TryParse(runs, out var count) && count > 0:
        LocalRelationForms.Run(native: args[1] == "operator", backward: args[2] == "training", channelsLast: args[3] == "channels-last", count);
        return 0;
    case ["large-image", var photograph, var side, var target] when int.TryParse(side, out var pixels) && pixels > 0:
        LargeImage.Write(photograph, pixels, target);
        return 0;
    default:
        Console.Error.WriteLine("usage: Seg.Benchmarks operator-call | memory [STEPS PREDICTIONS], each at least 10"
            + " | local-relation operator|unfolded forward|training channels-first|channels-last RUNS | large-image PHOTOGRAPH SIDE FILE");
        return 2;
}
