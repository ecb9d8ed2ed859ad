using System.Text.Json;
using Seg.Train.Checkpoints;

namespace Seg.Train.Tests.Checkpoints;

public class TrainingPositionTests
{
    [Fact]
    public void The_best_score_of_a_checkpoint_from_before_there_were_other_tasks_is_read()
    {
        const string Old = """{"Epoch":3,"Batch":0,"Step":12,"LossSum":0,"LossCount":0,"BestMeanIoU":0.625,"BestEpoch":2,"ValidationsSinceBest":1}""";

        var position = JsonSerializer.Deserialize<TrainingPosition>(Old)!;

        Assert.Equal((0.625, 2, 1), (position.BestScore, position.BestEpoch, position.ValidationsSinceBest));
        Assert.Equal(position, JsonSerializer.Deserialize<TrainingPosition>(JsonSerializer.Serialize(position)));
    }

    [Fact]
    public void The_best_score_is_written_under_its_own_name_alone()
    {
        var json = JsonSerializer.Serialize(new TrainingPosition { BestScore = 0.5 });

        Assert.Contains("\"BestScore\":0.5", json, StringComparison.Ordinal);
        Assert.DoesNotContain("BestMeanIoU", json, StringComparison.Ordinal);
    }
}
