using Cluster.Asl.Expressions.Jsonata;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Jsonata.Functions;

/// <summary>What Step Functions adds (A42) and how a sequence of one collapses (A43).</summary>
public sealed class StepFunctionsFunctionTests
{
    [Theory]
    [InlineData("$partition([1, 2, 3, 4, 5], 2)", "[[1,2],[3,4],[5]]")]
    [InlineData("$partition([1, 2], 2.9)", "[[1,2]]")]
    [InlineData("$partition([1, 2])", "[[1,2]]")]
    [InlineData("$partition([], 2)", "undefined")]
    [InlineData("$partition([1], 0.5)", "undefined")]
    [InlineData("$partition([1], -0.5)", "undefined")]
    [InlineData("$partition($nothing, 2)", "undefined")]
    [InlineData("$partition([1, 2, 3], 1e300)", "[[1,2,3]]")]
    [InlineData("$partition([1], -1)", "D3137")]
    [InlineData("$partition([1], 'x')", "T0410")]
    [InlineData("$partition(5, 1)", "T0412")]
    [InlineData("$range(1, 9, 2)", "[1,3,5,7,9]")]
    [InlineData("$range(9, 0, -4)", "[9,5,1]")]
    [InlineData("$range(-1.7, 2.9, 1)", "[-1,0,1,2]")]
    [InlineData("$range(1, 2, 0)", "undefined")]
    [InlineData("$range(2, 1, 1)", "undefined")]
    [InlineData("$range(1, 2)", "undefined")]
    [InlineData("$range($nothing, 2, 1)", "T0410")]
    public void A42_arrays_are_cut_and_counted(string expression, string answer) => Assert.Equal(answer, Ask(expression));

    [Theory]
    [InlineData("$hash('abc', 'MD5')", "\"900150983cd24fb0d6963f7d28e17f72\"")]
    [InlineData("$hash('ü', 'SHA-1')", "\"94a759fd37735430753c7b6b80684306d80ea16e\"")]
    [InlineData("$length($hash('', 'SHA-384')) + $length($hash('', 'SHA-512'))", "224")]
    [InlineData("$hash('abc')", "undefined")]
    [InlineData("$hash($nothing, 'MD5')", "T0410")]
    [InlineData("$hash(5, 'MD5')", "T0410")]
    [InlineData("$hash('abc', 'md5')", "D3137")]
    [InlineData("$parse('{\"a\":[1,null]}').a[0]", "1")]
    [InlineData("$parse('\"x\"')", "\"x\"")]
    [InlineData("$parse($nothing)", "undefined")]
    [InlineData("$parse('')", "D3137")]
    [InlineData("$parse('{} {}')", "D3137")]
    [InlineData("$parse('{\"a\":1,\"a\":2}')", "D3137")]
    [InlineData("$parse('{\"a\":[1e999]}')", "D3137")]
    [InlineData("$parse(5)", "T0410")]
    [InlineData("$random(42)", "0.7275636800328681")]
    [InlineData("$random(42.9)", "0.7275636800328681")]
    [InlineData("$random(-1)", "0.26894263088050496")]
    [InlineData("$random('x')", "T0410")]
    [InlineData("$length($uuid())", "36")]
    [InlineData("$uuid(1)", "T0410")]
    public void A42_texts_are_hashed_parsed_and_drawn(string expression, string answer) => Assert.Equal(answer, Ask(expression));

    [Theory]
    [InlineData("$range(1, 9, 9)", "1")]
    [InlineData("[$range(1, 9, 9)]", "[1]")]
    [InlineData("$range(3, 3, 1)", "3")]
    public void A43_a_range_of_one_is_that_one(string expression, string answer) => Assert.Equal(answer, Ask(expression));

    [Fact]
    public void A42_the_language_itself_has_none_of_them()
    {
        foreach (var name in (ReadOnlySpan<string>)["partition", "range", "hash", "uuid", "parse"])
            Assert.Equal("T1006", Answers.To($"${name}('a')"));
        Assert.Equal("T0410", Answers.To("$random(42)"));
    }

    [Theory]
    [InlineData("$hash('a', 'x')", "D3137: Hash algorithm 'x' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5")]
    [InlineData("$parse('x')", "D3137: Invalid JSON")]
    [InlineData("$partition([1], -1)", "D3137: Second argument must be zero or greater")]
    [InlineData("$partition(5)", "T0412: Argument 1 of function \"partition\" must be an array of undefined")]
    public void A42_refusals_are_in_the_words_of_Step_Functions(string expression, string refusal) =>
        Assert.Equal(refusal, Answers.Refusal(expression, JsonataDialect.StepFunctions));

    [Fact]
    public void A42_a_seed_gives_the_same_identifier_again()
    {
        var first = Answers.To("[$uuid(), $uuid()]", JsonataDialect.StepFunctions, seed: 3);
        Assert.Equal(first, Answers.To("[$uuid(), $uuid()]", JsonataDialect.StepFunctions, seed: 3));
        Assert.NotEqual(first, Answers.To("[$uuid(), $uuid()]", JsonataDialect.StepFunctions, seed: 4));
        Assert.Equal("true", Answers.To("$uuid() != $uuid()", JsonataDialect.StepFunctions));
    }

    private static string Ask(string expression) => Answers.To(expression, JsonataDialect.StepFunctions);
}
