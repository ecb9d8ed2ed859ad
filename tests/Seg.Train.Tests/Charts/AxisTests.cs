using FsCheck;
using FsCheck.Fluent;
using Seg.Train.Charts;

namespace Seg.Train.Tests.Charts;

public class AxisTests
{
    [Fact]
    public void Marks_are_round_few_and_cover_the_values() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(value => value.Get).NonEmptyListOf().ToArbitrary(), values =>
        {
            var axis = Axis.Of(values, 7, toMarks: true);
            var marks = axis.Marks.ToArray();
            var leading = axis.Step / Math.Pow(10, Math.Floor(Math.Log10(axis.Step) + 1e-9));
            Assert.Contains(Math.Round(leading, 6), (IEnumerable<double>)[1, 2, 5]);
            Assert.InRange(marks.Length, 2, 12);
            Assert.True(axis.Least <= values.Min() + axis.Step * 1e-6 && axis.Most >= values.Max() - axis.Step * 1e-6);
            Assert.Equal(marks.Length, marks.Select(mark => axis.Text(mark)).Distinct().Count());
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 1, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0.31, 2.44, "0.0 0.5 1.0 1.5 2.0 2.5")]
    [InlineData(0, 60, "0 10 20 30 40 50 60")]
    [InlineData(0, 2e-5, "0 5e-6 1e-5 1.5e-5 2e-5")]
    public void Marks_read_as_a_person_would_write_them(double least, double most, string expected)
    {
        var axis = Axis.Of([least, most], 7, toMarks: true);
        Assert.Equal(expected, string.Join(' ', axis.Marks.Select(mark => axis.Text(mark))));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-3e-9)]
    [InlineData(0)]
    public void One_value_has_a_place_within(double value) =>
        Assert.InRange(Axis.Of([value, value], 7, toMarks: true).Place(value), 0, 1);
}
