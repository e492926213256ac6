using Cluster.Asl.Expressions;
using Cluster.Asl.Json;
using Cluster.Asl.Tests.Json;
using Xunit;

namespace Cluster.Asl.Tests.Expressions;

/// <summary>What holds for all paths and all documents. The seed stands in the test's name and in each failure.</summary>
public sealed class JsonPathPropertyTests
{
    private static readonly string[] Pieces =
        ["$", ".", "..", "a", "b", "[", "]", "*", "'a'", "\"b\"", ",", ":", "0", "-1", "?(", ")", "@", "==", "<", " ", "&&", "||", "!", "=~ /a/i", "in", "(", "size", "''"];

    [Theory]
    [MemberData(nameof(PropertyTests.Seeds), MemberType = typeof(PropertyTests))]
    public void Any_text_is_a_path_that_can_be_read_or_is_none(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 3000; i++)
        {
            var text = "$" + string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            if (!JsonPath.TryParse(text, out var path))
                continue;
            var scope = new EvaluationScope(PropertyTests.Value(random, depth: 4), Documents.Context);
            var isFound = path.TryRead(scope, out var value, out var reason);
            Assert.True(isFound == (reason is null) && isFound == (value is not null), $"seed {seed}: {text}");
            Assert.True(isFound == path.TryFind(scope, out var found) && Equals(value, found), $"seed {seed}: {text}");
            Assert.True(path.IsDefinite || value is JsonArray, $"seed {seed}: {text}");
        }
    }

    [Theory]
    [MemberData(nameof(PropertyTests.Seeds), MemberType = typeof(PropertyTests))]
    public void What_a_reference_path_wrote_its_path_reads(int seed)
    {
        string[] steps = [".a", "['b']", "[0]", ".c", "[1]"];
        var random = new Random(seed);
        for (var i = 0; i < 500; i++)
        {
            var text = "$" + string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => steps[random.Next(steps.Length)]));
            Assert.True(ReferencePath.TryParse(text, out var reference));
            Assert.True(JsonPath.TryParse(text, out var path));
            var (document, value) = (PropertyTests.Value(random, depth: 3), PropertyTests.Value(random, depth: 3));
            if (!reference.TryWrite(document, value, out var written, out _))
                continue;
            Assert.True(path.TryRead(new EvaluationScope(written, Documents.Context), out var read, out var reason), $"seed {seed}: {reason}");
            Assert.True(ReferenceEquals(value, read), $"seed {seed}: {text} in {document}");
        }
    }
}
