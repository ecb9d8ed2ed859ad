using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Tests.Runtime.Distributed;

public sealed class GradientReducerTests
{
    [Fact]
    public void Gradients_are_those_of_the_joined_batch_step_after_step()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var inputs = randn(3, 4, 5);   // steps, samples, features
        using var model = Model();
        var expected = Enumerable.Range(0, 3).Select(step => Gradients(model, inputs[step])).ToArray();

        RankThreads.Run(2, (rank, group) =>
        {
            using var ofRank = NewDisposeScope();
            using var own = Model();
            own.load_state_dict(model.state_dict());
            using var reducer = group.Reduce([.. own.parameters()]);
            for (var step = 0; step < 3; step++)
            {
                foreach (var parameter in own.parameters())
                    parameter.grad?.zero_();
                reducer.Arm();
                own.call(inputs[step].narrow(0, 2 * rank, 2)).square().sum().backward();
                reducer.Finish();
                foreach (var (gradient, parameter) in expected[step].Zip(own.parameters()))
                    TensorAssert.Close(gradient, parameter.grad!, 1e-5);
            }
        });
    }

    /// <summary>Of the second layer, rank 0 alone makes use; of the third nobody. The first batch of the step is not reduced.</summary>
    [Fact]
    public void Parameters_that_some_or_no_rank_used_and_steps_of_several_batches()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var inputs = randn(2, 4, 5);
        RankThreads.Run(2, (rank, group) =>
        {
            using var ofRank = NewDisposeScope();
            using Linear first = Linear(5, 5), second = Linear(5, 5), third = Linear(5, 5);
            foreach (var layer in new[] { first, second, third })
                layer.weight!.requires_grad_(false).fill_(0.25).requires_grad_(true);
            using var reducer = group.Reduce([first.weight!, second.weight!, third.weight!]);
            for (var step = 0; step < 2; step++)
            {
                foreach (var layer in new[] { first, second })
                    layer.weight!.grad?.zero_();
                Loss(inputs[0]).backward();
                reducer.Arm();
                Loss(inputs[1]).backward();
                reducer.Finish();
                Assert.Null(third.weight!.grad);
                // The loss is linear: the gradient of each weight is the sum of the inputs, times what follows it.
                var sums = inputs.sum([0, 1]);
                TensorAssert.Close(sums.expand(5, 5), first.weight!.grad!, 1e-5);
                TensorAssert.Close(inputs[TensorIndex.Colon, TensorIndex.Slice(0, 2)].sum([0, 1]).expand(5, 5), second.weight!.grad!, 1e-5);
            }

            Tensor Loss(Tensor batch)
            {
                var own = batch.narrow(0, 2 * rank, 2);
                var loss = functional.linear(own, first.weight!).sum();
                return rank == 0 ? loss + functional.linear(own, second.weight!).sum() : loss;
            }
        });
    }

    private static Sequential Model() => Sequential(("first", Linear(5, 8)), ("act", Tanh()), ("second", Linear(8, 3)));

    private static Tensor[] Gradients(Sequential model, Tensor input)
    {
        model.zero_grad();
        model.call(input).square().sum().backward();
        return [.. model.parameters().Select(parameter => parameter.grad!.clone())];
    }
}
