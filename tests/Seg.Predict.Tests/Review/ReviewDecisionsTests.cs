using Seg.Models;
using Seg.Predict.Review;

namespace Seg.Predict.Tests.Review;

public sealed class ReviewDecisionsTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Sources_come_with_what_was_decided()
    {
        var path = Write("""{"format":"seg-review-decisions","items":[{"source":"/a.png","decision":"rejected"},{"source":"/b.png","decision":null}]}""");
        Assert.Equal([("/a.png", "rejected"), ("/b.png", "undecided")], ReviewDecisions.Read(path));
    }

    [Theory]
    [InlineData("no json", "export them again as JSON")]
    [InlineData("[]", "its 'format' is not 'seg-review-decisions'")]
    [InlineData("""{"format":1}""", "its 'format' is not 'seg-review-decisions'")]
    [InlineData("""{"format":"seg-review-decisions"}""", "export them again as JSON")]
    [InlineData("""{"format":"seg-review-decisions","items":7}""", "export them again as JSON")]
    [InlineData("""{"format":"seg-review-decisions","items":[{"source":"/a.png"}]}""", "export them again as JSON")]
    [InlineData("""{"format":"seg-review-decisions","items":[{"source":"","decision":"accepted"}]}""", "item 1 has the source ''")]
    [InlineData("""{"format":"seg-review-decisions","items":[{"source":"/a.png","decision":"liked"}]}""", "the decision 'liked'")]
    public void Files_of_another_kind_are_refused_with_the_reason(string content, string reason)
    {
        var path = Write(content);
        var fault = Assert.Throws<InputException>(() => ReviewDecisions.Read(path));
        Assert.Contains($"'{path}' holds no decisions", fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_an_error_that_says_where_to_export_it() =>
        Assert.Contains("'Export JSON'", Assert.Throws<InputException>(() => ReviewDecisions.Read(folder["none.json"])).Message, StringComparison.Ordinal);

    private string Write(string content)
    {
        File.WriteAllText(folder["decisions.json"], content);
        return folder["decisions.json"];
    }
}
