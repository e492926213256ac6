using System.Globalization;
using System.Security.Cryptography;
using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.History;
using Cluster.Node.Journal.InMemory;
using Cluster.Node.StateMachines;
using Cluster.Node.StateMachines.InMemory;
using Cluster.Node.Tests.Simulation;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.History;
using Cluster.Protocol.Operations;

namespace Cluster.Node.Tests.Checked;

/// <summary>What the product's own query service answers in the end about all that a simulated cluster left behind.</summary>
internal sealed class ReadBackRecords
{
    /// <summary>Every few executions are read in pages as small as this.</summary>
    private const int SmallPage = 3;

    private const int SmallPageEvery = 7;
    private const int LargestPage = 1_000;
    private const string Partition = "aws";

    private readonly QueryService _queries;
    private readonly SortedDictionary<string, StateMachineRow> _machines = new(StringComparer.Ordinal);

    private ReadBackRecords(InMemoryStore store, Func<ReadOnlyMemory<byte>, string> textOf, TimeProvider time)
    {
        var machines = new InMemoryStateMachineStore();
        foreach (var row in store.Contents().Executions.Select(kept => kept.Row))
        {
            if (_machines.ContainsKey(row.StateMachine))
                continue;
            var machine = new StateMachineRow
            {
                Account = row.Account,
                Region = row.Region,
                Name = row.StateMachine,
                Type = "STANDARD",
                RoleArn = "arn:aws:iam::123456789012:role/simulated",
                DefinitionHash = row.DefinitionHash,
                CreationDate = 0,
                UpdateDate = 0,
            };
            _machines.Add(row.StateMachine, machine);
            World.Now(machines.CreateAsync(machine, textOf(row.DefinitionHash), TagSet.NoTags, CancellationToken.None));
        }

        var history = new HistoryReader(store, new EventCodec(new IdentityPayloadCodec()));
        _queries = new QueryService(
            store, machines, new InMemoryActivityStore(), history, new NodeAddress(Partition, Workload.Region, Workload.Account), time);
    }

    /// <param name="store">What is asked.</param>
    /// <param name="textOf">The text of a definition by its hash.</param>
    /// <param name="time">The clock of page tokens.</param>
    public static IEnumerable<DumpRecord> Of(InMemoryStore store, Func<ReadOnlyMemory<byte>, string> textOf, TimeProvider time)
    {
        var asked = new ReadBackRecords(store, textOf, time);
        var number = 0;
        foreach (var machine in asked._machines.Values)
        {
            foreach (var listed in asked.List(new StateMachineArn(Partition, machine.Region, machine.Account, machine.Name)))
                yield return asked.Read(listed, number++ % SmallPageEvery == 0 ? SmallPage : LargestPage);
        }
    }

    private IEnumerable<ExecutionListItem> List(StateMachineArn machine)
    {
        string? token = null;
        do
        {
            var page = Ok(World.Now(_queries.ListExecutionsAsync(
                new ListExecutionsRequest(machine, StatusFilter: null, LargestPage, token), CancellationToken.None)));
            foreach (var listed in page.Executions)
                yield return listed;
            token = page.NextToken;
        }
        while (token is not null);
    }

    private ReadBackRecord Read(ExecutionListItem listed, int pageSize)
    {
        var arn = listed.ExecutionArn;
        var told = Ok(World.Now(_queries.DescribeExecutionAsync(new DescribeExecutionRequest(arn, MetadataOnly: false), CancellationToken.None)));
        return new ReadBackRecord(
            string.Create(CultureInfo.InvariantCulture, $"{arn.Account}/{arn.Region}/{arn.StateMachine}"),
            arn.Name,
            told.Status,
            listed.Status,
            [.. History(arn, pageSize, isReverse: false)],
            [.. History(arn, pageSize, isReverse: true)],
            told.StartDate,
            told.StopDate,
            Hash(told.Input),
            Hash(told.Output));
    }

    private IEnumerable<ReadBackEvent> History(ExecutionArn arn, int pageSize, bool isReverse)
    {
        string? token = null;
        do
        {
            var page = Ok(World.Now(_queries.GetExecutionHistoryAsync(
                new GetExecutionHistoryRequest(arn, pageSize, isReverse, IncludeExecutionData: true, token), CancellationToken.None)));
            foreach (var one in page.Events)
                yield return Event(one);
            token = page.NextToken;
        }
        while (token is not null);
    }

    private static ReadBackEvent Event(HistoryEvent e)
    {
        var (name, payload, error, cause) = e.Details switch
        {
            ExecutionStartedEventDetails d => (null, d.Input, null, null),
            ExecutionSucceededEventDetails d => (null, d.Output, null, null),
            FailureEventDetails d => (null, null, d.Error, d.Cause),
            StateEnteredEventDetails d => (d.Name, d.Input, null, null),
            StateExitedEventDetails d => (d.Name, d.Output, null, null),
            LambdaFunctionScheduledEventDetails d => (null, d.Input, null, null),
            LambdaFunctionSucceededEventDetails d => (null, d.Output, null, null),
            ActivityScheduledEventDetails d => (null, d.Input, null, null),
            ActivitySucceededEventDetails d => (null, d.Output, null, null),
            TaskScheduledEventDetails d => (null, d.Parameters, null, null),
            TaskSucceededEventDetails d => (null, d.Output, null, null),
            TaskFailureEventDetails d => (null, null, d.Error, d.Cause),
            MapIterationEventDetails d => (d.Name, null, null, null),
            _ => ((string?)null, (ReadOnlyMemory<byte>?)null, (string?)null, (string?)null),
        };
        return new ReadBackEvent(e.Id, e.PreviousEventId, e.Type, Hash(payload), e.Timestamp, name, error, cause);
    }

    private static string? Hash(ReadOnlyMemory<byte>? text) => text is { } utf8 ? Convert.ToHexStringLower(SHA256.HashData(utf8.Span)) : null;

    private static T Ok<T>(AwsResult<T> result)
        where T : class => result.Value ?? throw new InvalidOperationException($"{result.Error!.Code}: {result.Error.Message}");
}
