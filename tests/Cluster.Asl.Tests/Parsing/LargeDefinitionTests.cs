using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cluster.Asl.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Parsing;

public sealed class LargeDefinitionTests
{
    /// <summary>The longest definition that AWS takes.</summary>
    private const int MaxDefinitionBytes = 1_048_576;

    [Fact]
    public void The_longest_definition_with_about_25_000_states_is_read_within_a_second()
    {
        var text = Chain(MaxDefinitionBytes, out var states);

        var elapsed = Best(text, out var result);

        Assert.Equal(MaxDefinitionBytes, text.Length);
        Assert.True(result.IsValid);
        Assert.Equal(states, result.Definition.Root.States.Length);
        Assert.InRange(states, 22_000, 30_000);
        Assert.InRange(elapsed.TotalMilliseconds, 0, 1000);
    }

    [Fact]
    public void A_long_definition_full_of_mistakes_is_refused_within_a_second()
    {
        var text = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Chain(MaxDefinitionBytes, out _)).Replace("\"Pass\"", "\"Pess\"", StringComparison.Ordinal));

        var elapsed = Best(text, out var result);

        Assert.False(result.IsValid);
        Assert.Equal(1000, result.Diagnostics.Length);
        Assert.All(result.Diagnostics, d => Assert.True(d.Column > 1));
        Assert.InRange(elapsed.TotalMilliseconds, 0, 1000);
    }

    [Fact]
    public void Mistakes_below_a_name_as_long_as_the_text_are_told_within_bounds()
    {
        var name = new string('n', MaxDefinitionBytes / 2);
        var fields = string.Join(',', Enumerable.Range(0, 40_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"{i:x}\":{i}")));
        var text = Encoding.UTF8.GetBytes($"{{\"StartAt\":\"A\",\"States\":{{\"{name}\":{{\"Type\":\"Succeed\",{fields}}}}}}}");

        var elapsed = Best(text, out var result);

        Assert.False(result.IsValid);
        Assert.InRange(result.InvalidDefinitionMessage.Length, name.Length, MaxDefinitionBytes * 2);
        Assert.InRange(elapsed.TotalMilliseconds, 0, 1000);
    }

    [Theory]
    [InlineData("\"Parameters\"", "\"{0:x}.$\":1")]
    [InlineData("\"Parameters\"", "\"{0:x}\":\"$.a\"")]
    [InlineData("\"ResultPath\":1,\"Result\"", "\"{0:x}.$\":\"$.a\"")]
    public void Faults_of_a_template_below_a_long_name_are_told_within_bounds(string field, string fault)
    {
        var name = new string('n', MaxDefinitionBytes / 2);
        var faults = string.Join(',', Enumerable.Range(0, 35_000).Select(i => string.Format(CultureInfo.InvariantCulture, fault, i)));
        var text = Encoding.UTF8.GetBytes(
            $"{{\"StartAt\":\"A\",\"States\":{{\"A\":{{\"Type\":\"Pass\",\"Next\":1,{field}:{{\"{name}\":{{{faults}}}}}}}}}}}");

        var elapsed = Best(text, out var result);

        Assert.False(result.IsValid);
        Assert.InRange(result.Diagnostics.Sum(d => d.Message.Length + (d.Location?.Length ?? 0)), 1, MaxDefinitionBytes * 4);
        Assert.InRange(elapsed.TotalMilliseconds, 0, 1000);
    }

    /// <summary>The shortest of some runs, the last of which was within a second: others use the same cores.</summary>
    private static TimeSpan Best(byte[] text, out DefinitionResult result)
    {
        var best = TimeSpan.MaxValue;
        for (var run = 0; ; run++)
        {
            var started = Stopwatch.GetTimestamp();
            result = DefinitionParser.Parse(text);
            var elapsed = Stopwatch.GetElapsedTime(started);
            best = elapsed < best ? elapsed : best;
            if (run == 20 || best < TimeSpan.FromSeconds(1))
                return best;
        }
    }

    /// <summary>A chain of Pass states, padded to an exact length.</summary>
    private static byte[] Chain(int bytes, out int states)
    {
        const string end = "\"Z\":{\"Type\":\"Pass\",\"End\":true}},\"Comment\":\"";
        var text = new StringBuilder("{\"StartAt\":\"0\",\"States\":{");
        for (states = 1; ; states++)
        {
            var next = string.Create(CultureInfo.InvariantCulture, $"\"{states - 1:x}\":{{\"Type\":\"Pass\",\"Next\":\"{states:x}\"}},");
            if (text.Length + next.Length + end.Length + 20 > bytes)
                break;
            text.Append(next);
        }

        text.Append(CultureInfo.InvariantCulture, $"\"{states - 1:x}\":{{\"Type\":\"Pass\",\"Next\":\"Z\"}},").Append(end);
        states++;
        return Encoding.UTF8.GetBytes(text.Append('c', Math.Max(0, bytes - text.Length - 2)).Append("\"}").ToString());
    }
}
