using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class UuidTests
{
    private const string Version4 = "^\"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\"$";

    [Fact]
    public void A108_A_UUID_is_of_version_4_and_each_draw_gives_another()
    {
        var drawn = Enumerable.Range(0, 1000).Select(seed => Call.Value("States.UUID()", seed: (ulong)seed)).ToList();
        Assert.All(drawn, text => Assert.Matches(Version4, text));
        Assert.Equal(1000, drawn.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(drawn[5], Call.Value("States.UUID()", seed: 5));
    }

    [Fact]
    public void A108_Two_calls_give_two_UUIDs() => Assert.Equal("2", Call.Value("States.ArrayLength(States.ArrayUnique(States.Array(States.UUID(), States.UUID())))"));

    [Fact]
    public void A108_A_UUID_takes_nothing() => Assert.Equal("States.UUID takes no arguments, but was called with 1", Call.Failure("States.UUID(1)"));
}
