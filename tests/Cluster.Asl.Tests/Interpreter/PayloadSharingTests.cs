using System.Text;
using Cluster.Asl.Interpreter;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>Branches share their payloads, each on a thread of its own.</summary>
public sealed class PayloadSharingTests
{
    private const int Rounds = 200;
    private const int Readers = 4;

    [Fact]
    public async Task All_who_ask_for_a_value_at_once_get_the_same_one()
    {
        var text = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 1_000)) + "]");
        for (var round = 0; round < Rounds; round++)
        {
            var payload = Payload.Stored(text, origin: 1);
            using var together = new Barrier(Readers);
            var readers = Enumerable.Range(0, Readers).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return payload.Value;
                },
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default));
            var values = await Task.WhenAll(readers);
            Assert.All(values, value => Assert.Same(payload.Value, value));
        }
    }

    [Fact]
    public void A_value_that_is_known_is_not_made_again()
    {
        var value = new JsonString("a");
        Assert.Same(value, Payload.Of(value).Value);
    }
}
