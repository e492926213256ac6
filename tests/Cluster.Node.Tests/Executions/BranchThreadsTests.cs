using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Node.Hosting;
using Cluster.Node.Journal;
using Cluster.Node.Journal.InMemory;
using Cluster.Node.StateMachines;
using Cluster.Node.StateMachines.InMemory;
using Cluster.Node.Tasks;
using Cluster.Node.Timers;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.History;
using Cluster.Protocol.Identity;
using Cluster.Protocol.Operations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cluster.Node.Tests.Executions;

/// <summary>Branches on the threads that they are made for: each append is folded again and compared, and now and then an execution fails.</summary>
public sealed class BranchThreadsTests
{
    private const int Executions = 60;
    private const string Machine = "wide";
    private const string Input = "{ \"kept\" : [1,  2],\n \"items\" : [ [1, 2], [], [ 3 ], [4,5,6,7,8,9] ] }";

    private const string Output = "{\"results\":[[1,2],[],[3],[4,5,6,7,8,9]],\"both\":[[1,2],[1,2],[1,2]]}";

    private const string Definition = """
        {"StartAt":"Each","States":{"Each":{"Type":"Map","ItemsPath":"$.items","ResultPath":"$.results","Next":"Both",
          "ItemProcessor":{"StartAt":"Inner","States":{"Inner":{"Type":"Map","End":true,
            "ItemProcessor":{"StartAt":"P","States":{
              "P":{"Type":"Pass","Parameters":{"n.$":"$","all.$":"$$.Execution.Input.kept"},"Next":"Q"},
              "Q":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:same","OutputPath":"$.n","End":true}}}}}}},
          "Both":{"Type":"Parallel","InputPath":"$$.Execution.Input","ResultPath":"$.both","OutputPath":"$['results','both']","End":true,"Branches":[
            {"StartAt":"L","States":{"L":{"Type":"Pass","Next":"L2"},"L2":{"Type":"Pass","OutputPath":"$.kept","End":true}}},
            {"StartAt":"R","States":{"R":{"Type":"Pass","Next":"R2"},"R2":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:same","OutputPath":"$.kept","End":true}}},
            {"StartAt":"S","States":{"S":{"Type":"Pass","OutputPath":"$.kept","End":true}}}]}}}
        """;

    private readonly ConcurrentQueue<string> _unexpected = new();

    [Fact]
    public async Task On_many_threads_with_failures_each_execution_ends_as_it_must()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var store = new InMemoryStore();
        var journal = new Ends(store, Executions);
        using var timers = new TimerQueue(TimeProvider.System);
        var node = new ClusterNode(new NodeParts
        {
            Journal = journal,
            Queries = store,
            Machines = new InMemoryStateMachineStore(),
            Activities = new InMemoryActivityStore(),
            Epochs = await store.AcquireShardsAsync(cancellation),
            Tasks = new SameFunctions(),
            Dispatcher = new ThreadPoolDispatcher(),
            Time = TimeProvider.System,
            Timers = timers,
            Wakes = new StoreWakeSource(store, NullLogger<StoreWakeSource>.Instance),
            Pending = new StorePendingTasks(store, NullLogger<StorePendingTasks>.Instance),
            Chance = new SystemChance(),
            Secrets = SecretSources.Cryptographic,
            Address = new NodeAddress("aws", "us-east-1", "123456789012"),
            Loggers = new Failures(_unexpected),
            FaultPoints = new Faults(),
            VerifyFolds = true,
        });
        Held(await node.Catalog.CreateStateMachineAsync(
            new CreateStateMachineRequest(Machine, Definition, "arn:aws:iam::123456789012:role/any", "STANDARD", LoggingConfiguration: null, Tracing: false),
            cancellation));
        var names = Enumerable.Range(0, Executions).Select(i => string.Create(CultureInfo.InvariantCulture, $"run-{i}")).ToList();
        await Parallel.ForEachAsync(names, cancellation, async (name, stop) =>
        {
            // Its execution may fail between commit and answer: then the start is asked for again.
            var request = new StartExecutionRequest(new StateMachineArn("aws", "us-east-1", "123456789012", Machine), name, Encoding.UTF8.GetBytes(Input));
            while ((await node.Router.StartExecutionAsync(request, stop)).Error is { } error)
            {
                if (error.Code == "ExecutionAlreadyExists")
                    break;
            }
        });
        await journal.AllEnded.WaitAsync(TimeSpan.FromMinutes(1), cancellation);
        Assert.Empty(_unexpected);
        foreach (var name in names)
        {
            var arn = new ExecutionArn("aws", "us-east-1", "123456789012", Machine, name);
            var page = Held(await node.Queries.GetExecutionHistoryAsync(
                new GetExecutionHistoryRequest(arn, MaxResults: 1, ReverseOrder: true, IncludeExecutionData: true, NextToken: null), cancellation));
            var output = Assert.IsType<ExecutionSucceededEventDetails>(page.Events[0].Details).Output!.Value;
            Assert.Equal(Output, Encoding.UTF8.GetString(output.Span));
        }
    }

    private static T Held<T>(AwsResult<T> result)
        where T : class => result.Value ?? throw new InvalidOperationException($"{result.Error!.Code}: {result.Error.Message}");

    /// <summary>A journal that tells when so many executions have ended.</summary>
    private sealed class Ends(InMemoryStore store, int executions) : IExecutionJournal
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = executions;

        public Task AllEnded => _all.Task;

        public void Append(AppendRequest request)
        {
            store.Append(request);
            if (request.Row is { Terminal: true } && Interlocked.Decrement(ref _left) == 0)
                _all.TrySetResult();
        }

        public void Load(ExecutionId id, bool fromSnapshot, ILoadReply reply) => store.Load(id, fromSnapshot, reply);
    }

    /// <summary>Every function answers with its input, at once.</summary>
    private sealed class SameFunctions : ITaskRunner
    {
        public void Start(TaskCall call, ITaskReply reply) => reply.Answered(call, new TaskOutcome.Succeeded(call.Input));

        public void Cancel(in TaskKey key)
        {
        }

        public bool MayResend(TaskCall call) => true;
    }

    /// <summary>One commit in forty fails the actor whose it is, while there are failures left.</summary>
    private sealed class Faults : IFaultPoints
    {
        private const int Every = 40;
        private const int Most = 25;
        private int _hits;

        public void Hit(string point)
        {
            var hit = Interlocked.Increment(ref _hits);
            if (hit % Every == 0 && hit <= Every * Most)
                throw new FaultOfTheTestException();
        }

        public void Deciding(Execution execution)
        {
        }
    }

    private sealed class FaultOfTheTestException() : Exception("a fault of the test");

    /// <summary>Keeps every failure that is not the test's own.</summary>
    private sealed class Failures(ConcurrentQueue<string> kept) : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel) && exception is not FaultOfTheTestException)
                kept.Enqueue($"{formatter(state, exception)} {exception}");
        }
    }
}
