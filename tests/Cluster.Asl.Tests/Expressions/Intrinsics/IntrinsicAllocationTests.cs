using Cluster.Asl.Expressions;
using Cluster.Asl.Expressions.Intrinsics;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

/// <summary>A template and its calls leave nothing to the collector but what they give.</summary>
public sealed class IntrinsicAllocationTests
{
    private const int Rounds = 1000;

    [Theory]
    [InlineData("States.ArrayLength($.l)", 0)]
    [InlineData("States.ArrayGetItem($.l, States.MathAdd(0, 1))", 0)]
    [InlineData("States.ArrayContains($.l, 2)", 40)]
    [InlineData("States.Format('{}-{}', $.x, $.y)", 80)]
    [InlineData("States.Array($.x, $.y)", 80)]
    public void A_call_allocates_its_result(string text, long mostBytes)
    {
        Assert.True(IntrinsicCall.TryParse(text, out var call, out _));
        var scope = new EvaluationScope(JsonValue.Parse("""{"x":"order","y":17,"l":[1,2,3]}"""), Documents.Context);
        for (var i = 0; i < Rounds; i++)
            Assert.True(call.TryEvaluate(scope, out _, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
            call.TryEvaluate(scope, out _, out _);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Rounds, 0, mostBytes);
    }
}
