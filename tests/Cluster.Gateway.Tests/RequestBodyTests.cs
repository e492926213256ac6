using System.Text;
using Cluster.Gateway.AwsJson;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Cluster.Gateway.Tests;

public sealed class RequestBodyTests
{
    private const int Limit = 100_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(99_999)]
    [InlineData(Limit)]
    public async Task A_body_is_whole_and_gives_its_bytes_back(int size)
    {
        var budget = new BodyBudget(10 * Limit);
        var sent = Enumerable.Range(0, size).Select(i => (byte)i).ToArray();
        var read = await ReadAsync(budget, new MemoryStream(sent));
        Assert.Equal(sent, read.Value!.Bytes.ToArray());
        Assert.Equal(size > 0, budget.Held > 0);
        read.Value.Dispose();
        Assert.Equal(0, budget.Held);
    }

    [Fact]
    public async Task A_body_that_is_too_large_holds_nothing()
    {
        var budget = new BodyBudget(10 * Limit);
        var read = await ReadAsync(budget, new MemoryStream(new byte[Limit + 1]));
        Assert.Equal(413, read.Error!.Status);
        Assert.Equal(0, budget.Held);
    }

    [Fact]
    public async Task A_body_beyond_the_budget_holds_nothing()
    {
        var budget = new BodyBudget(5000);
        var read = await ReadAsync(budget, new MemoryStream(new byte[50_000]));
        Assert.Equal("ThrottlingException", read.Error!.Code);
        Assert.Equal(0, budget.Held);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_holds_nothing()
    {
        var budget = new BodyBudget(10 * Limit);
        await using var broken = new BreakingStream(Encoding.ASCII.GetBytes("{\"name\":"));
        await Assert.ThrowsAsync<IOException>(async () => await ReadAsync(budget, broken));
        Assert.Equal(0, budget.Held);
    }

    private static ValueTask<Protocol.Errors.AwsResult<RequestBody>> ReadAsync(BodyBudget budget, Stream body)
    {
        var http = new DefaultHttpContext { Request = { Body = body } };
        return RequestBody.ReadAsync(http.Request, Limit, budget, CancellationToken.None);
    }

    /// <summary>Gives its bytes once, then breaks.</summary>
    private sealed class BreakingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : throw new IOException("The connection is gone.");
        }
    }
}
