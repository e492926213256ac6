using System.Globalization;
using Cluster.Asl.Expressions.Jsonata;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Jsonata;

/// <summary>What is only read is not copied: over a document a thousand times as large, an expression that reads leaves no more to the collector.</summary>
public sealed class ReadingAllocationTests
{
    private const int Few = 10;
    private const int Many = 10_000;

    /// <summary>The values of a path wait on a stack that grows once; a copy of the document would be hundreds of kilobytes.</summary>
    private const long MostMore = 1_000;

    [Theory]
    [InlineData("$")]
    [InlineData("shop.name")]
    [InlineData("orders[3].customer.name")]
    [InlineData("orders[-1].id")]
    [InlineData("orders[id = \"A-7\"].total")]
    [InlineData("orders.customer[name = \"N3\"].name")]
    [InlineData("orders.items[sku = \"none\"]")]
    [InlineData("$count(orders)")]
    [InlineData("$count(orders[status = \"none\"])")]
    [InlineData("$lookup(shop, \"name\")")]
    [InlineData("$max(shop.numbers)")]
    [InlineData("7 in shop.numbers")]
    [InlineData("shop = orders")]
    [InlineData("{\"name\": shop.name, \"all\": orders}")]
    public void An_expression_that_reads_allocates_nothing_in_proportion_to_the_document(string text)
    {
        Assert.True(JsonataExpression.TryCompile(text, JsonataDialect.Reference, out var expression, out var error), error?.ToString());

        Assert.InRange(Allocated(expression, Many) - Allocated(expression, Few), -MostMore, MostMore);
    }

    [Fact]
    public void What_is_built_is_seen_by_the_measure()
    {
        Assert.True(JsonataExpression.TryCompile("orders.{\"id\": id}", JsonataDialect.Reference, out var expression, out _));

        Assert.True(Allocated(expression, Many) - Allocated(expression, Few) > Many);
    }

    private static long Allocated(JsonataExpression expression, int orders)
    {
        const int Before = 3;
        var scope = new JsonataScope(Document(orders), Bindings: null, JsonataLimits.Reference);
        for (var i = 0; i < Before; i++)
            expression.Evaluate(scope);
        var before = GC.GetAllocatedBytesForCurrentThread();
        expression.Evaluate(scope);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static JsonValue Document(int orders)
    {
        var all = Enumerable.Range(0, orders).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"id":"A-{{{i}}}","total":{{{i}}}.5,"status":"open","items":[{"sku":"x","count":7}],"customer":{"name":"N{{{i}}}"}}"""));
        return JsonValue.Parse($$$"""{"orders":[{{{string.Join(',', all)}}}],"shop":{"name":"s","numbers":[{{{string.Join(',', Enumerable.Range(0, orders))}}}]}}""");
    }
}
