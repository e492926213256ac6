using System.Security.Cryptography;
using System.Text;
using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Asl.Parsing;
using Cluster.Node.Executions;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.Journal;
using Cluster.Node.Journal.Sqlite;
using Cluster.Node.StateMachines;
using Cluster.Node.StateMachines.Sqlite;
using Cluster.Protocol.Identity;
using Xunit;

namespace Cluster.Integration.Tests.Stores;

/// <summary>A store with many executions that have ended, written without a node: five states of which two are calls, in three rows.</summary>
internal sealed class WrittenStore : IAppendReply
{
    /// <summary>The machine of its executions.</summary>
    public const string Machine = "written";

    private const string Account = "123456789012";
    private const string Region = "us-east-1";
    private const string Function = "arn:aws:lambda:us-east-1:123456789012:function:any";
    private const long Start = 1_790_000_000_000;

    private const string Definition = $$$$"""
        {"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Task","Resource":"{{{{Function}}}}","Next":"C"},"C":{"Type":"Choice",
        "Choices":[{"Variable":"$.total","IsPresent":true,"Next":"D"}]},"D":{"Type":"Task","Resource":"{{{{Function}}}}","Next":"E"},"E":{"Type":"Pass","End":true}}}
        """;

    private readonly EventCodec _codec = new(new IdentityPayloadCodec());
    private readonly byte[] _hash = DefinitionCache.HashOf(Definition);
    private readonly StateMachineDefinition _definition = DefinitionParser.Parse(Encoding.UTF8.GetBytes(Definition)).Definition!;
    private readonly IExecutionJournal _store;
    private readonly long _start;
    private readonly IReadOnlyList<long> _epochs;
    private long _events;
    private int _bad;

    private WrittenStore(IExecutionJournal store, IReadOnlyList<long> epochs, long start)
    {
        _store = store;
        _start = start;
        _epochs = epochs;
    }

    /// <summary>When the first of them started and ended; the others are later by a millisecond each.</summary>
    public static DateTimeOffset Started => DateTimeOffset.FromUnixTimeMilliseconds(Start);

    /// <summary>Writes a store of at least so many events; how many it holds.</summary>
    public static async Task<long> WriteAsync(string folder, long events)
    {
        using var store = SqliteStore.TryOpen(new SqliteStoreOptions { Directory = folder, FullSync = false }, out _)!;
        var epochs = await store.AcquireShardsAsync(CancellationToken.None);
        return await WriteAsync(store, new SqliteStateMachineStore(store), store.Dispose, epochs, events, ulong.MaxValue, Started, from: 0);
    }

    /// <summary>Writes executions to a store; how many events they have.</summary>
    /// <param name="store">The store.</param>
    /// <param name="machines">Its machines.</param>
    /// <param name="end">Writes what was queued and ends the store.</param>
    /// <param name="epochs">Of its shards.</param>
    /// <param name="events">How many events it needs at most.</param>
    /// <param name="until">The number of the first execution that it does not need.</param>
    /// <param name="started">When the first of them starts and ends.</param>
    /// <param name="from">The number of the first.</param>
    public static async Task<long> WriteAsync(
        IExecutionJournal store,
        IStateMachineStore machines,
        Action end,
        IReadOnlyList<long> epochs,
        long events,
        ulong until,
        DateTimeOffset started,
        ulong from)
    {
        var written = new WrittenStore(store, epochs, started.ToUnixTimeMilliseconds());
        var row = new StateMachineRow
        {
            Account = Account,
            Region = Region,
            Name = Machine,
            Type = "STANDARD",
            RoleArn = "arn:aws:iam::123456789012:role/any",
            DefinitionHash = written._hash,
            CreationDate = written._start,
            UpdateDate = written._start,
        };
        await machines.CreateAsync(row, Definition, TagSet.NoTags, CancellationToken.None);
        for (var number = from; number < until && written._events < events; number++)
            written.Run(number, from);
        end();
        Assert.Equal(0, written._bad);
        return written._events;
    }

    public void Answered(AppendRequest request, in AppendOutcome outcome)
    {
        if (outcome.Kind != AppendOutcomeKind.Appended)
            Interlocked.Increment(ref _bad);
    }

    private void Run(ulong number, ulong from)
    {
        var name = StoreMachine.Name((int)number);
        var input = Encoding.UTF8.GetBytes("{\"order\":" + number + ",\"total\":12.5,\"lines\":[{\"sku\":\"a-17\",\"count\":2},{\"sku\":\"b-4\",\"count\":1}]}");
        var at = _start + (long)(number - from);
        var id = ExecutionId.Create(at, Buckets.Of(Account, Region, Machine, name), 0, number);
        var execution = Execution.Empty(_definition);
        Does(new ExecutionCommand.Start(Pinned(name), Payload.OfText(input)), sequenceNr: 1);
        for (var sequenceNr = 2; !execution.IsClosed; sequenceNr++)
        {
            var call = execution.Outstanding[0];
            Does(new ExecutionCommand.CompleteTask(call.Scope, call.Visit, call.Attempt, input), sequenceNr);
        }

        void Does(ExecutionCommand command, long sequenceNr)
        {
            var decision = ExecutionDecider.Decide(execution, command, new DecisionContext(at, Seed: 1, Limits.Default));
            execution = decision.Execution;
            _events += decision.Events.Length;
            Append(id, name, input, execution, decision, sequenceNr);
        }
    }

    private void Append(ExecutionId id, string name, byte[] input, Execution execution, Decision decision, long sequenceNr)
    {
        var shard = ShardRange.IndexOf(id.Bucket, ShardRange.DefaultCount);
        var isStart = sequenceNr == 1;
        _store.Append(new AppendRequest
        {
            Id = id,
            ExpectedSequenceNr = sequenceNr - 1,
            Shard = shard,
            Epoch = _epochs[shard],
            Row = new JournalRow(
                sequenceNr, decision.Events.First(e => e.Id > 0).Id, decision.Events.Last(e => e.Id > 0).Id, execution.IsClosed, _codec.Encode(decision.Events)),
            Name = isStart ? new NameReservation(Account, Region, Machine, name, _start) : null,
            NewExecution = !isStart ? null : new ExecutionRow
            {
                Id = id,
                Account = Account,
                Region = Region,
                StateMachine = Machine,
                Name = name,
                Status = ExecutionStatus.Running,
                StartDate = execution.StartedAt,
                InputHash = SHA256.HashData(input),
                DefinitionHash = _hash,
                WakeAt = 0,
            },
            Change = execution.IsClosed
                ? new ExecutionChange(ExecutionStatus.Succeeded, execution.StoppedAt, WakeAt: null, execution.StoppedAt + ExecutionActor.NameMilliseconds)
                : null,
            Reply = this,
        });
    }

    private ExecutionStart Pinned(string name) => new()
    {
        ExecutionArn = $"arn:aws:states:{Region}:{Account}:execution:{Machine}:{name}",
        Name = name,
        StateMachineArn = $"arn:aws:states:{Region}:{Account}:stateMachine:{Machine}",
        StateMachineName = Machine,
        RoleArn = "arn:aws:iam::123456789012:role/any",
        DefinitionHash = Convert.ToHexStringLower(_hash),
        MachineUpdateDate = _start,
    };
}
