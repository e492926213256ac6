using System.Text;
using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Node.Executions.Encoding;
using Google.Protobuf;
using Xunit;
using Wire = Cluster.Node.Executions.Encoding.Wire;

namespace Cluster.Node.Tests.Executions;

/// <summary>What the journal's own writer writes is what the generated code would have written.</summary>
public sealed class EventWriterTests
{
    private const string Function = "arn:aws:lambda:us-east-1:123456789012:function:work";

    private static readonly EventCodec Codec = new(new IdentityPayloadCodec());

    public static TheoryData<ExecutionEvent> Events() =>
    [
        new ExecutionStarted(Start(revision: null)),
        new ExecutionStarted(Start("r1") with
        {
            Tracing = true,
            LoggingConfiguration = "{}",
            TraceHeader = "",
            Principal = "somebody",
            RequestId = "q-1",
            Name = "Grüße-💡",
        }),
        new ExecutionSucceeded(),
        new ExecutionFailed(Error: null, Cause: null),
        new ExecutionFailed("", "it is \ud800 broken"),
        new ExecutionAborted("Halt", Cause: null),
        new ExecutionTimedOut(),
        new StateEntered("", StateType.Pass),
        new StateEntered("Work", StateType.Task),
        new StateExited("Work", StateType.Task, Next: null),
        new StateExited("Work", StateType.Choice, ""),
        new StateFailed(Error: null, "cause", FailureKind.Heartbeat),
        new StateFailed("E", "cause", FailureKind.Given, Branch: 0),
        new StateFailed("E", "cause", FailureKind.Catcher, Branch: 300),
        new ParallelStateStarted(10),
        new MapStateStarted(0, 0),
        new MapStateStarted(1_000, 40),
        new MapIterationStarted("Each", 0, 0),
        new MapIterationStarted("Each", 999, 39),
        new MapIterationSucceeded("Each", 128),
        new MapIterationFailed("Each", 0),
        new MapIterationAborted("", 7),
        new StateAborted(StateType.Pass),
        new StateAborted(StateType.Wait),
        new BranchesSucceeded(StateType.Map),
        new BranchesFailed(StateType.Parallel),
        new WaitStarted(0),
        new WaitStarted(1_790_000_000_000),
        new RetryScheduled(0, 12),
        new RetryScheduled(300, long.MaxValue),
        new TaskScheduled(Function, TaskKind.LambdaFunction, TimeoutSeconds: 0, HeartbeatSeconds: null),
        new TaskScheduled(Function, TaskKind.LambdaFunction, TimeoutSeconds: 99_999_999, HeartbeatSeconds: 128),
        new TaskScheduled(Function, TaskKind.Activity, TimeoutSeconds: 7, HeartbeatSeconds: 3, Token: "AAAA"),
        new TaskStarted(Function, TaskKind.LambdaFunction),
        new TaskStarted(Function, TaskKind.Activity, "worker-1"),
        new TaskSubmitted("arn:aws:states:::lambda:invoke.waitForTaskToken", TaskKind.Integration),
        new TaskSubmitted("arn:aws:states:::states:startExecution.sync", TaskKind.Integration, "arn:aws:states:us-east-1:123456789012:execution:m:n"),
        new ChildGivenUp(),
        new ChildStopped(3, 1),
        new ExecutionStarted(Start(revision: null) with { ParentToken = "AAAA", ParentSeesJson = true }),
        new TaskHeartbeat(),
        new TaskWordKept(TaskWord.Success("{}"u8.ToArray())),
        new TaskWordKept(TaskWord.Failure("E", cause: null)),
        new TaskWordKept(TaskWord.Failure(error: null, cause: null)),
        new TaskSucceeded(Function, TaskKind.LambdaFunction),
        new TaskFailed(Function, TaskKind.LambdaFunction, "E", ""),
        new TaskTimedOut(Function, TaskKind.LambdaFunction, Heartbeat: true),
    ];

    [Theory]
    [MemberData(nameof(Events))]
    public void The_generated_code_reads_each_event_and_writes_the_same_bytes(ExecutionEvent e)
    {
        foreach (var numbered in new[] { e, e with { Id = 127, PreviousId = 128, At = 1_790_000_000_000, Scope = "a/0" }, e with { At = -1 } })
        {
            var bytes = Codec.Encode([numbered]);
            var batch = Wire.EventBatch.Parser.ParseFrom(bytes);
            Assert.Equal(batch.ToByteArray(), bytes);
            var wire = Assert.Single(batch.Events);
            var read = EventReader.ToEvent(wire) with { Id = wire.Id, PreviousId = wire.PreviousId, At = wire.At, Scope = wire.Scope };
            Assert.Equal(WithoutLoneSurrogates(numbered), read);
        }
    }

    [Fact]
    public void There_is_an_example_of_every_event()
    {
        var shown = Events().Select(row => row.Data.GetType()).ToHashSet();
        Assert.DoesNotContain(
            typeof(ExecutionEvent).Assembly.GetTypes(), type => type.IsSubclassOf(typeof(ExecutionEvent)) && !type.IsAbstract && !shown.Contains(type));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(262_144)]
    public void A_new_payload_is_inline_and_a_known_one_a_reference(int characters)
    {
        var text = Encoding.UTF8.GetBytes($"\"{new string('é', characters)}\"");
        var started = Started(Payload.Stored(text, origin: 1));
        var entered = new StateEntered("Work", StateType.Task) { Id = 2, PreviousId = 1, Payload = started.Payload };
        var bytes = Codec.Encode([started, entered]);
        var batch = Wire.EventBatch.Parser.ParseFrom(bytes);
        Assert.Equal(batch.ToByteArray(), bytes);
        Assert.Equal(EventCodec.FormatVersion, batch.FormatVersion);
        Assert.Equal(text, batch.Events[0].Payload.Inline.ToByteArray());
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(text), batch.Events[0].Payload.Sha256.ToByteArray());
        Assert.Equal(Wire.Payload.WhereOneofCase.Reference, batch.Events[1].Payload.WhereCase);
        Assert.Equal(1, batch.Events[1].Payload.Reference);
        Assert.All(batch.Events, e => Assert.Equal((uint)text.Length, e.Payload.Size));
    }

    [Fact]
    public void An_append_allocates_its_bytes_and_little_else()
    {
        const int Rounds = 100;
        const int Little = 256;
        var input = Payload.Stored("{\"order\":1}"u8.ToArray(), origin: 1);
        ExecutionEvent[] events = [Started(input), .. Enumerable.Range(2, 8).Select(id => new StateEntered("Work", StateType.Task) { Id = id, Payload = input })];
        var size = Codec.Encode(events).Length;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
            Codec.Encode(events);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
        Assert.InRange(each, size, size + Little);
    }

    private static ExecutionStarted Started(Payload input) => new(Start(revision: null)) { Id = 1, Payload = input };

    internal static ExecutionStart Start(string? revision) => new()
    {
        ExecutionArn = "arn:aws:states:us-east-1:123456789012:execution:m:n",
        Name = "n",
        StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:m",
        StateMachineName = "m",
        RoleArn = "arn:aws:iam::123456789012:role/r",
        DefinitionHash = "00ff",
        RevisionId = revision,
        MachineUpdateDate = 1_790_000_000_000,
    };

    /// <summary>A lone surrogate has no UTF-8 and is stored as the replacement character.</summary>
    private static ExecutionEvent WithoutLoneSurrogates(ExecutionEvent e) =>
        e is ExecutionFailed { Cause: { } cause } failed ? failed with { Cause = cause.Replace('\ud800', '\ufffd') } : e;
}
