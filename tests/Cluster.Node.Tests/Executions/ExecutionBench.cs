using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cluster.Asl.Interpreter;
using Cluster.Node.Actors;
using Cluster.Node.Executions;
using Cluster.Node.History;
using Cluster.Node.Journal;
using Cluster.Node.Journal.InMemory;
using Cluster.Node.Sharding;
using Cluster.Node.Tasks;
using Cluster.Node.Tasks.Tokens;
using Cluster.Node.Tests.Actors;
using Cluster.Node.Tests.Simulation;
using Cluster.Node.Tests.Timers;
using Cluster.Node.Timers;
using Cluster.Protocol.History;
using Cluster.Protocol.Identity;
using Cluster.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cluster.Node.Tests.Executions;

/// <summary>A node in the test's hand: turns run when it says so, appends are answered when it lets them, the clock stands until it is moved.</summary>
internal sealed class ExecutionBench
{
    private readonly ManualDispatcher _turns = new();
    private readonly SimulatedMachine _machine;

    /// <param name="states">The states; A is the first.</param>
    /// <param name="more">Further fields of the machine, each with a comma behind it.</param>
    /// <param name="furnish">Changes the room.</param>
    public ExecutionBench(string states, string more = "", Func<ExecutionRoom, ExecutionRoom>? furnish = null)
    {
        _machine = SimulatedMachine.Parse("m", "{\"StartAt\":\"A\"," + more + "\"States\":{" + states + "}}");
        var timers = new TimerQueue(Clock);
        Journal = new HeldJournal(Store);
        Room = new ExecutionRoom
        {
            Journal = Journal,
            Definitions = new SimulatedDefinitions([_machine]),
            Timers = timers,
            Chance = new Counter(),
            Time = Clock,
            Tokens = TaskTokens.Forgotten(new SeededSecrets(1), Clock),
            VerifyFolds = true,
            Log = NullLogger.Instance,
        };
        Room = furnish?.Invoke(Room) ?? Room;
        System = new ActorSystem(_turns, Clock, Log) { Delivering = (actor, message) => Delivering?.Invoke(actor, message) };
        Entities = new ExecutionEntities(Room, Functions, ShardRange.DefaultCount);
        var epochs = World.Now(Store.AcquireShardsAsync(CancellationToken.None));
        Region = new ShardRegion(System, epochs, new ShardRoom
        {
            Entities = Entities,
            Wakes = new NoWakes(),
            Timers = timers,
            Chance = new Counter(),
            Drain = Drain,
        });
        Run();
        IdleActors = System.Live;
    }

    public ManualClock Clock { get; } = new();

    public InMemoryStore Store { get; } = new();

    public HeldJournal Journal { get; }

    public ExecutionRoom Room { get; }

    public ExecutionEntities Entities { get; }

    public ShardRegion Region { get; }

    /// <summary>Whether the node drains.</summary>
    public DrainSwitch Drain { get; } = new();

    public ActorSystem System { get; }

    /// <summary>Sees each message just before its actor does; what it throws fails the actor.</summary>
    public Action<ActorRef, object>? Delivering { get; set; }

    /// <summary>What the actors tell the log.</summary>
    public CollectedLog Log { get; } = new();

    public RecordingFunctions Functions { get; } = new();

    /// <summary>The actors of a node without executions.</summary>
    public int IdleActors { get; }

    /// <summary>Executions in memory.</summary>
    public int Live => System.Live - IdleActors;

    /// <summary>Runs all turns that wait.</summary>
    public void Run() => _turns.RunAll();

    public void Advance(TimeSpan by)
    {
        Clock.Advance(by);
        Run();
    }

    /// <summary>Sends a start and runs what follows.</summary>
    public Answers Start(string name = "run", string input = "{}")
    {
        var answers = new Answers();
        var text = Encoding.UTF8.GetBytes(input);
        var start = new ExecutionStart
        {
            ExecutionArn = "arn:e",
            Name = name,
            StateMachineArn = "arn:m",
            StateMachineName = "m",
            RoleArn = "arn:r",
            DefinitionHash = Convert.ToHexStringLower(_machine.Hash),
        };
        Region.Tell(
            new StartEntity(
                new EntityName("a", "r", "m", name),
                new StartExecution(start, Payload.OfText(text), SHA256.HashData(text), _machine.Definition, _machine.Hash)),
            answers);
        Run();
        return answers;
    }

    /// <summary>Sends a command and runs what follows.</summary>
    public Answers Command(ExecutionId id, ExecutionCommand command) => Tell(id, new RunCommand(command));

    public Answers Stop(ExecutionId id) => Command(id, new ExecutionCommand.Stop("stopped", null));

    /// <summary>Puts a message into the box of an execution and lets nothing run.</summary>
    public Answers Post(ExecutionId id, object message)
    {
        var answers = new Answers();
        Region.Tell(new ToEntity(id, message), answers);
        return answers;
    }

    public Answers Tell(ExecutionId id, object message)
    {
        var answers = Post(id, message);
        Run();
        return answers;
    }

    /// <summary>Answers the last call and runs what follows.</summary>
    public void Answer(string output)
    {
        Functions.AnswerLast(new TaskOutcome.Succeeded(Encoding.UTF8.GetBytes(output)));
        Run();
    }

    /// <summary>Answers a call and runs what follows.</summary>
    public void Answer(TaskCall call, string output)
    {
        Functions.Answer(call, new TaskOutcome.Succeeded(Encoding.UTF8.GetBytes(output)));
        Run();
    }

    /// <summary>Fails a call and runs what follows.</summary>
    public void Fail(TaskCall call, string error)
    {
        Functions.Answer(call, new TaskOutcome.Failed(error, Cause: null));
        Run();
    }

    /// <summary>The history, a line for each event: id, previous id, type.</summary>
    public IReadOnlyList<string> History(string name = "run")
    {
        var reader = new HistoryReader(Store, Room.Codec);
        var events = World.Now(reader.ReadAsync(Row(name).Id, "r", 1, long.MaxValue, withPayloads: true, CancellationToken.None));
        return [.. events.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Id} {e.PreviousEventId} {e.Type}"))];
    }

    /// <summary>The output of the execution, which has ended well.</summary>
    public string Output(string name = "run")
    {
        var reader = new HistoryReader(Store, Room.Codec);
        var events = World.Now(reader.ReadAsync(Row(name).Id, "r", 1, long.MaxValue, withPayloads: true, CancellationToken.None));
        return Encoding.UTF8.GetString(((ExecutionSucceededEventDetails)events[^1].Details!).Output!.Value.Span);
    }

    /// <summary>The only execution there is.</summary>
    public ExecutionRow Row(string name = "run") =>
        World.Now(Store.FindAsync("a", "r", "m", name, CancellationToken.None)) ?? throw new InvalidOperationException("no such execution");

    public sealed class Answers : ActorRef
    {
        public List<object> All { get; } = [];

        public override string Name => "caller";

        public override void Tell(object message, ActorRef? sender = null) => All.Add(message);
    }

    /// <summary>Calls as they left, answered when the test says so.</summary>
    public sealed class RecordingFunctions : ITaskRunner
    {
        private ITaskReply? _reply;

        public List<TaskCall> Started { get; } = [];

        public List<TaskKey> Cancelled { get; } = [];

        public void Start(TaskCall call, ITaskReply reply)
        {
            Started.Add(call);
            _reply = reply;
        }

        public void Cancel(in TaskKey key) => Cancelled.Add(key);

        public bool MayResend(TaskCall call) => false;

        public void Answer(TaskCall call, TaskOutcome outcome) => _reply!.Answered(call, outcome);

        public void AnswerLast(TaskOutcome outcome) => _reply!.Answered(Started[^1], outcome);
    }

    /// <summary>The failures that were told.</summary>
    public sealed class CollectedLog : ILogger
    {
        public List<string> Errors { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Errors.Add(formatter(state, exception));
        }
    }

    private sealed class Counter : IChance
    {
        private ulong _next;

        public ulong Next() => ++_next;
    }

    /// <summary>Nothing sleeps in the store: what a test wakes, it wakes itself.</summary>
    private sealed class NoWakes : IWakeSource
    {
        public void Read(int firstBucket, int lastBucket, long until, Sleeper? after, ActorRef replyTo) =>
            replyTo.Tell(new WakePage([], IsLast: true, Failed: false));
    }
}
