using System.Globalization;
using Cluster.Asl.Expressions;
using Cluster.Asl.Json;
using Cluster.Asl.Tests.Json;
using Xunit;

namespace Cluster.Asl.Tests.Expressions;

/// <summary>What holds for all paths and all documents. The seed stands in the test's name and in each failure.</summary>
public sealed class JsonPathPropertyTests
{
    /// <summary>The tests run without cultures, as the server does, so one is made: numbers as de-DE writes them, and another minus.</summary>
    private static readonly CultureInfo Comma = MakeComma();

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
            HoldsForAllPaths(path, scope, $"seed {seed}: {text}");
        }
    }

    [Theory]
    [MemberData(nameof(PropertyTests.Seeds), MemberType = typeof(PropertyTests))]
    public void Paths_that_fit_their_documents_give_the_same_in_any_culture(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 1000; i++)
        {
            var text = "$" + Steps(random, random.Next(1, 6), inFilter: false);
            Assert.True(JsonPath.TryParse(text, out var path), $"seed {seed}: {text}");
            var scope = new EvaluationScope(Document(random, depth: 5), Documents.Context);
            var invariant = HoldsForAllPaths(path, scope, $"seed {seed}: {text} in {scope.Input}");
            var before = CultureInfo.CurrentCulture;
            try
            {
                CultureInfo.CurrentCulture = Comma;
                Assert.True(JsonPath.TryParse(text, out var again), $"seed {seed}: {text}");
                Assert.True(string.Equals(invariant, HoldsForAllPaths(again, scope, text), StringComparison.Ordinal), $"seed {seed}: {text}");
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
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
            Assert.True(path.TryFind(new EvaluationScope(written, Documents.Context), out var read), $"seed {seed}: {text} in {document}");
            Assert.True(ReferenceEquals(value, read), $"seed {seed}: {text} in {document}");
        }
    }

    /// <summary>Checks what always holds, and gives what the path gave, for comparisons.</summary>
    private static string HoldsForAllPaths(JsonPath path, in EvaluationScope scope, string about)
    {
        var isFound = path.TryRead(scope, out var value, out var reason);
        Assert.True(isFound == (reason is null) && isFound == (value is not null), about);
        Assert.True(path.IsDefinite || !isFound || value is JsonArray, about);
        Assert.True(reason is not "", about);
        Assert.True(path.TryReadField(scope, "f.$", out var filled, out var failure) == isFound && Equals(value, filled) && isFound == (failure is null), about);
        if (scope.Input is JsonNull && !path.IsContext)
        {
            Assert.True(reason is "Unable to apply Path transformation to null or empty input.", about);
            return reason!;
        }

        var isThere = path.TryFind(scope, out var found);
        var isOutside = isFound && !isThere;
        Assert.True(isOutside ? path.IsDefinite && value is JsonNull : isFound == isThere && Equals(value, found), about);
        return value?.ToString() ?? reason!;
    }

    private static CultureInfo MakeComma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "\u2212";
        return culture;
    }

    private static string Steps(Random random, int count, bool inFilter) => string.Concat(Enumerable.Range(0, count).Select(_ => Step(random, inFilter)));

    private static string Step(Random random, bool inFilter) => random.Next(inFilter ? 5 : 14) switch
    {
        0 => ".a",
        1 => "['b']",
        2 => $"[{random.Next(-2, 4)}]",
        3 => "[(@.length-1)]",
        4 => ".iI",
        5 => "[*]",
        6 => ".*",
        7 => $"[{random.Next(-3, 3)}:{random.Next(-3, 4)}]",
        8 => $"[{random.Next(-3, 3)}:]",
        9 => $"[0,{random.Next(-1, 5)}]",
        10 => "..a",
        11 => "..[0]",
        12 => "['a','b']",
        _ => $"[?({Condition(random)})]",
    };

    private static string Condition(Random random)
    {
        string[] operators = ["==", "!=", "<", "<=", ">", ">=", "in", "nin", "size", "contains", "anyof", "==="];
        string[] literals = ["1", "'I'", "i", "-1.5", "null", "true", "['a',1]", "{'a':1}", "1,5", "'1,5'"];
        var left = (random.Next(4) == 0 ? "$" : "@") + Steps(random, random.Next(3), inFilter: true);
        return random.Next(5) switch
        {
            0 => left,
            1 => $"!{left}",
            2 => $"{left} =~ /[a-z]i?/i",
            3 => $"{left} == 'I' || !({left} > 1) && {left}",
            _ => $"{left} {operators[random.Next(operators.Length)]} {literals[random.Next(literals.Length)]}",
        };
    }

    /// <summary>A document of few names and values, so that paths find something.</summary>
    private static JsonValue Document(Random random, int depth)
    {
        string[] scalars = ["1", "-1.5", "\"I\"", "\"i\"", "\"1,5\"", "null", "true", "\"true\"", "12345678901234567890"];
        var kind = depth == 0 ? 0 : random.Next(5);
        return kind switch
        {
            0 => JsonValue.Parse(scalars[random.Next(scalars.Length)]),
            1 or 2 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Document(random, depth - 1))]),
            _ => new JsonObject([.. new[] { "a", "b", "iI" }.Where(_ => random.Next(3) > 0).Select(name => KeyValuePair.Create(name, Document(random, depth - 1)))]),
        };
    }
}
