using Seg.Predict.Inputs;
using Seg.Predict.Views;

namespace Seg.Predict.Jobs;

/// <summary>Tells of images so large that the network saw them through windows without being asked to.</summary>
internal sealed class LargeImages
{
    private readonly List<(InputItem Input, ViewPlan Plan)> images = [];

    /// <summary>One line where there were any.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            if (images.Count == 0)
                yield break;
            var (first, plan) = images[0];
            var which = images.Count == 1 ? $"'{first.Path}' is so large that it was" : $"{images.Count} inputs, such as '{first.Path}', are so large that they were";
            yield return $"{which} seen through windows of {plan.Window!.Value.Height} x {plan.Window.Value.Width}; "
                + "--window chooses others, --size shows the network all of it at once";
        }
    }

    /// <param name="input">Its image goes through the network as the plan says; of a video, each frame's.</param>
    public void Note(ViewPlan plan, InputItem input)
    {
        if (plan.IsAutomatic && (images.Count == 0 || images[^1].Input != input))
            images.Add((input, plan));
    }
}
