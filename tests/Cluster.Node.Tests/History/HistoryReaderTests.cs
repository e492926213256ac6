using System.Text;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.History;
using Cluster.Node.Journal;
using Cluster.Node.Tests.Executions;
using Cluster.Protocol.History;
using Xunit;

namespace Cluster.Node.Tests.History;

/// <summary>Stretches of a history, however they fall across rows, with payloads that stand in other rows.</summary>
public sealed class HistoryReaderTests
{
    private const string Input = "{\"a\":1}";

    private readonly ExecutionRow _row;
    private readonly HistoryReader _reader;
    private readonly IReadOnlyList<HistoryEvent> _all;

    public HistoryReaderTests()
    {
        // The answers of both calls are thrown away: what stands at the end refers to the first event.
        const string call = "\"Type\":\"Task\",\"Resource\":\"arn:aws:lambda:us-east-1:123456789012:function:f\",\"ResultPath\":null";
        var bench = new ExecutionBench($"\"A\":{{{call},\"Next\":\"B\"}},\"B\":{{{call},\"Next\":\"C\"}},\"C\":{{\"Type\":\"Pass\",\"End\":true}}");
        bench.Start(input: Input);
        bench.Answer("\"one\"");
        bench.Answer("\"two\"");
        _row = bench.Row();
        _reader = new HistoryReader(bench.Store, new EventCodec(new IdentityPayloadCodec()));
        _all = Read(1, 1000);
    }

    [Fact]
    public void The_whole_history_comes_with_all_its_texts()
    {
        Assert.Equal(Enumerable.Range(1, 14).Select(i => (long)i), _all.Select(e => e.Id));
        Assert.Equal([Input, Input, Input, "\"one\"", Input, Input, Input, "\"two\"", Input, Input, Input, Input], _all.Select(Text).OfType<string>());
    }

    [Fact]
    public void Every_stretch_is_that_part_of_the_whole()
    {
        for (var first = 1; first <= 14; first++)
        {
            for (var last = first; last <= 16; last++)
            {
                var part = Read(first, last);
                var whole = _all.Where(e => e.Id >= first && e.Id <= last).ToList();
                Assert.Equal(whole.Select(e => (e.Id, e.PreviousEventId, e.Timestamp, e.Type, Text(e))), part.Select(e => (e.Id, e.PreviousEventId, e.Timestamp, e.Type, Text(e))));
            }
        }
    }

    [Fact]
    public void Without_payloads_there_are_no_texts() =>
        Assert.All(Read(1, 1000, withPayloads: false), e => Assert.Null(Text(e)));

    [Fact]
    public void A_stretch_beyond_the_end_is_empty() => Assert.Empty(Read(15, 20));

    private IReadOnlyList<HistoryEvent> Read(long first, long last, bool withPayloads = true)
    {
        var read = _reader.ReadAsync(_row.Id, "r", first, last, withPayloads, CancellationToken.None);
        Assert.True(read.IsCompleted);
        return read.GetAwaiter().GetResult();
    }

    private static string? Text(HistoryEvent e)
    {
        var text = e.Details switch
        {
            ExecutionStartedEventDetails d => d.Input,
            ExecutionSucceededEventDetails d => d.Output,
            StateEnteredEventDetails d => d.Input,
            StateExitedEventDetails d => d.Output,
            LambdaFunctionScheduledEventDetails d => d.Input,
            LambdaFunctionSucceededEventDetails d => d.Output,
            _ => null,
        };
        return text is { } found ? Encoding.UTF8.GetString(found.Span) : null;
    }
}
