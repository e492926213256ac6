using System.Globalization;
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

/// <summary>
/// A store whose executions wait for workers of activities, written without a node: one whose two branches wait, one of whose branches has
/// been given out, one that has come to its last state, and one that has ended.
/// </summary>
internal sealed class WaitingStore : IAppendReply
{
    /// <summary>The tasks that wait.</summary>
    public const int Waiting = 4;

    private const string Account = "123456789012";
    private const string Region = "us-east-1";
    private const string Machine = "waiting";
    private const string Activity = "arn:aws:states:us-east-1:123456789012:activity:";
    private const string Input = "{}";
    private const long Start = 1_790_000_000_000;

    private const string Definition = $$$$"""
        {"StartAt":"Both","States":{"Both":{"Type":"Parallel","Branches":[
            {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"{{{{Activity}}}}packing","End":true}}},
            {"StartAt":"B","States":{"B":{"Type":"Task","Resource":"{{{{Activity}}}}weighing","End":true}}}],"Next":"Last"},
        "Last":{"Type":"Task","Resource":"{{{{Activity}}}}packing","TimeoutSeconds":500,"End":true}}}
        """;

    private readonly EventCodec _codec = new(new IdentityPayloadCodec());
    private readonly byte[] _hash = DefinitionCache.HashOf(Definition);
    private readonly StateMachineDefinition _definition = DefinitionParser.Parse(Encoding.UTF8.GetBytes(Definition)).Definition!;
    private readonly SqliteStore _store;
    private readonly IReadOnlyList<long> _epochs;
    private int _bad;

    private WaitingStore(SqliteStore store, IReadOnlyList<long> epochs)
    {
        _store = store;
        _epochs = epochs;
    }

    /// <summary>Writes the store, and a backup of it.</summary>
    public static async Task WriteAsync(string folder, string backup)
    {
        using var store = SqliteStore.TryOpen(new SqliteStoreOptions { Directory = folder }, out _)!;
        var waiting = new WaitingStore(store, await store.AcquireShardsAsync(CancellationToken.None));
        var row = new StateMachineRow
        {
            Account = Account,
            Region = Region,
            Name = Machine,
            Type = "STANDARD",
            RoleArn = "arn:aws:iam::123456789012:role/any",
            DefinitionHash = waiting._hash,
            CreationDate = Start,
            UpdateDate = Start,
        };
        await new SqliteStateMachineStore(store).CreateAsync(row, Definition, TagSet.NoTags, CancellationToken.None);
        for (var given = 0; given <= 3; given++)
            waiting.Run(given);
        Assert.Null((await store.BackUpAsync(backup, CancellationToken.None)).Refusal);
        Assert.Equal(0, waiting._bad);
    }

    public void Answered(AppendRequest request, in AppendOutcome outcome)
    {
        if (outcome.Kind != AppendOutcomeKind.Appended)
            Interlocked.Increment(ref _bad);
    }

    /// <summary>Runs an execution until so many of its tasks were given out; all but a first one of the branches are ended, too.</summary>
    private void Run(int given)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"given-{given}");
        var id = ExecutionId.Create(Start + given, Buckets.Of(Account, Region, Machine, name), 0, (ulong)given);
        var execution = Execution.Empty(_definition);
        var sequenceNr = 0L;
        Does(new ExecutionCommand.Start(Pinned(name), Payload.OfText(Encoding.UTF8.GetBytes(Input))));
        for (var i = 0; i < given; i++)
        {
            var scope = execution.Pending.First();
            Does(new ExecutionCommand.StartActivity(scope.Path, scope.Visit, scope.Attempt, "worker"));
            var token = execution.Find(scope.Path)!.Token!;
            if (given > 1)
                Does(new ExecutionCommand.EndTask(scope.Path, scope.Visit, scope.Attempt, token, TaskWord.Success("1"u8.ToArray())));
        }

        Assert.Equal(given == 3, execution.IsClosed);

        void Does(ExecutionCommand command)
        {
            var before = TasksOf(id, execution);
            var decision = ExecutionDecider.Decide(execution, command, new DecisionContext(Start + sequenceNr, Seed: 1, Limits.Default));
            execution = decision.Execution;
            var after = TasksOf(id, execution);
            _store.Append(Request(id, name, execution, decision, ++sequenceNr) with
            {
                Offered = [.. after.Except(before)],
                Withdrawn = [.. before.Except(after)],
            });
        }
    }

    private static List<PendingTask> TasksOf(ExecutionId id, Execution execution) => execution.Start is null ? [] :
    [
        .. execution.Pending.Select(scope => new PendingTask(
            Account, Region, scope.Resource![Activity.Length..], id, scope.Path, scope.Visit, scope.Attempt, scope.LastAt)),
    ];

    private AppendRequest Request(ExecutionId id, string name, Execution execution, Decision decision, long sequenceNr)
    {
        var shard = ShardRange.IndexOf(id.Bucket, ShardRange.DefaultCount);
        var isStart = sequenceNr == 1;
        return new AppendRequest
        {
            Id = id,
            ExpectedSequenceNr = sequenceNr - 1,
            Shard = shard,
            Epoch = _epochs[shard],
            Row = new JournalRow(
                sequenceNr, decision.Events.First(e => e.Id > 0).Id, decision.Events.Last(e => e.Id > 0).Id, execution.IsClosed, _codec.Encode(decision.Events)),
            Name = isStart ? new NameReservation(Account, Region, Machine, name, Start) : null,
            NewExecution = !isStart ? null : new ExecutionRow
            {
                Id = id,
                Account = Account,
                Region = Region,
                StateMachine = Machine,
                Name = name,
                Status = ExecutionStatus.Running,
                StartDate = execution.StartedAt,
                InputHash = SHA256.HashData(Encoding.UTF8.GetBytes(Input)),
                DefinitionHash = _hash,
                WakeAt = 0,
            },
            Change = execution.IsClosed
                ? new ExecutionChange(ExecutionStatus.Succeeded, execution.StoppedAt, WakeAt: null, execution.StoppedAt + ExecutionActor.NameMilliseconds)
                : null,
            Reply = this,
        };
    }

    private ExecutionStart Pinned(string name) => new()
    {
        ExecutionArn = $"arn:aws:states:{Region}:{Account}:execution:{Machine}:{name}",
        Name = name,
        StateMachineArn = $"arn:aws:states:{Region}:{Account}:stateMachine:{Machine}",
        StateMachineName = Machine,
        RoleArn = "arn:aws:iam::123456789012:role/any",
        DefinitionHash = Convert.ToHexStringLower(_hash),
        MachineUpdateDate = Start,
    };
}
