namespace Seg.Predict.Tests;

public class PipelineTests
{
    [Fact]
    public void Items_arrive_in_order()
    {
        List<int> written = [];
        Pipeline.Run(Items(100, []), items => items, item => written.Add(item.Number), capacity: 3, CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 100), written);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("transform")]
    [InlineData("write")]
    public void A_failure_of_any_stage_reaches_the_caller_and_no_item_stays_alive(string stage)
    {
        List<Item> made = [];
        var failure = Assert.Throws<InvalidDataException>(() => Pipeline.Run(
            Items(100, made, failAt: stage == "read" ? 20 : -1),
            items => items.Select(item => item.Number == 20 && stage == "transform" ? Fail(item) : item),
            item =>
            {
                using (item)
                {
                    if (item.Number == 20 && stage == "write")
                        Fail(item);
                }
            },
            capacity: 3, CancellationToken.None));
        Assert.Equal("20", failure.Message);
        Assert.All(made, item => Assert.True(item.Disposed));
    }

    [Theory]
    [InlineData("read")]
    [InlineData("transform")]
    [InlineData("write")]
    public void Items_that_the_middle_stage_gathers_do_not_stay_alive_either(string stage)
    {
        List<Item> made = [];
        List<int> written = [];
        Assert.Throws<InvalidDataException>(() => Pipeline.Run(
            Items(100, made, failAt: stage == "read" ? 50 : -1), Gather, item => Write(item), capacity: 3, CancellationToken.None));
        Assert.All(made, item => Assert.True(item.Disposed));
        Assert.Equal(Enumerable.Range(0, written.Count), written);

        IEnumerable<Item> Gather(IEnumerable<Item> items)
        {
            Queue<Item> waiting = [];
            try
            {
                foreach (var item in items)
                {
                    waiting.Enqueue(item);
                    if (item.Number == 50 && stage == "transform")
                        throw new InvalidDataException();
                    while (waiting.Count >= 8 && waiting.TryDequeue(out var next))
                        yield return next;
                }
            }
            finally
            {
                while (waiting.TryDequeue(out var item))
                    item.Dispose();
            }
        }

        void Write(Item item)
        {
            item.Dispose();
            if (item.Number == 20 && stage == "write")
                throw new InvalidDataException();
            written.Add(item.Number);
        }
    }

    [Fact]
    public void Cancelling_stops_all_stages()
    {
        using CancellationTokenSource source = new();
        List<Item> made = [];
        Assert.Throws<OperationCanceledException>(() => Pipeline.Run(
            Items(int.MaxValue, made),
            items => items,
            item =>
            {
                item.Dispose();
                if (item.Number == 10)
                    source.Cancel();
            },
            capacity: 3, source.Token));
        Assert.All(made, item => Assert.True(item.Disposed));
    }

    private static Item Fail(Item item)
    {
        item.Dispose();
        throw new InvalidDataException($"{item.Number}");
    }

    private static IEnumerable<Item> Items(int count, List<Item> made, int failAt = -1)
    {
        for (var number = 0; number < count; number++)
        {
            if (number == failAt)
                throw new InvalidDataException($"{number}");
            made.Add(new Item(number));
            yield return made[^1];
        }
    }

    private sealed class Item(int number) : IDisposable
    {
        public int Number { get; } = number;

        public bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;
    }
}
