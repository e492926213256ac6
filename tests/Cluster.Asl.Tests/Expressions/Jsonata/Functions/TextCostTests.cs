using Cluster.Asl.Expressions.Jsonata;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Jsonata.Functions;

/// <summary>What a text costs is counted, so that many calls with a large text come to an end. Nothing here waits for a clock.</summary>
public sealed class TextCostTests
{
    private const string Repeated = "($s := $pad('', 3000000, 'a'); $count($map([1..800000], function($i) { ";

    [Theory]
    [InlineData("$length($s)")]
    [InlineData("$substring($s, $i, 1)")]
    [InlineData("$substringBefore($s, 'b')")]
    [InlineData("$contains($s, 'b')")]
    [InlineData("$toMillis($pad('', 4000, 'a') & 'x', $pad('', 4000, '[Ma]'))")]
    public void Reading_a_large_text_again_and_again_ends(string call) =>
        Assert.Contains(JsonataLimits.StepsSentence, Answers.Refusal(Repeated + call + " })))"), StringComparison.Ordinal);

    [Theory]
    [InlineData("$contains($t, $n)", "false")]
    [InlineData("$substringAfter($t, $n) = $t", "true")]
    [InlineData("$count($split($t, $n))", "1")]
    [InlineData("$length($replace($t, $n, 'x'))", "3200000")]
    [InlineData("$contains($t & $n, $n)", "true")]
    [InlineData("$length($substringBefore($t & $n & 'x', $n))", "3200000")]
    [InlineData("$length($replace($n & $t & $n, $n, 'x'))", "3200002")]
    public void A_text_that_nearly_occurs_everywhere_is_looked_for_in_linear_time(string call, string answer) => Assert.Equal(
        answer, Answers.To($"($a := $pad('', 800000, 'ab'); $n := $a & 'aa' & $a; $t := $a & $a & $a & $a; {call})"));

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void Texts_of_all_lengths_are_found_where_they_are(int length) => Assert.Equal(
        $"[{length + 3},0,2]",
        Answers.To(
            $"($p := $pad('', {length - 1}, 'aab') & 'c'; $t := 'aab' & $p; "
            + $"[$length($substringBefore($t & $p, 'c') & 'c'), $length($substringBefore($p, $p)), $count($split($t, $p))])"));
}
