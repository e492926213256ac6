using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.History;
using Cluster.Protocol.History;
using Xunit;

namespace Cluster.Node.Tests.History;

/// <summary>What AWS shows of the events of Parallel and Map (C4, C5).</summary>
public sealed class HistoryProjectionTests
{
    private static readonly Payload Ours = Payload.Stored("[1]"u8.ToArray(), origin: 3);

    public static TheoryData<ExecutionEvent, string, HistoryEventDetails?> Table() => new()
    {
        { new StateEntered("P", StateType.Parallel), "ParallelStateEntered", new StateEnteredEventDetails("P", null) },
        { new StateExited("P", StateType.Parallel, "Q"), "ParallelStateExited", new StateExitedEventDetails("P", null) },
        { new StateEntered("M", StateType.Map), "MapStateEntered", new StateEnteredEventDetails("M", null) },
        { new StateExited("M", StateType.Map, null), "MapStateExited", new StateExitedEventDetails("M", null) },
        { new ParallelStateStarted(2) { Payload = Ours }, "ParallelStateStarted", null },
        { new BranchesSucceeded(StateType.Parallel), "ParallelStateSucceeded", null },
        { new BranchesFailed(StateType.Parallel), "ParallelStateFailed", null },
        { new StateAborted(StateType.Parallel), "ParallelStateAborted", null },
        { new MapStateStarted(7, 2) { Payload = Ours }, "MapStateStarted", new MapStateStartedEventDetails(7) },
        { new MapIterationStarted("M", 1, 0) { Payload = Ours }, "MapIterationStarted", new MapIterationEventDetails("M", 1) },
        { new MapIterationSucceeded("M", 0), "MapIterationSucceeded", new MapIterationEventDetails("M", 0) },
        { new MapIterationFailed("M", 2), "MapIterationFailed", new MapIterationEventDetails("M", 2) },
        { new MapIterationAborted("M", 3), "MapIterationAborted", new MapIterationEventDetails("M", 3) },
        { new BranchesSucceeded(StateType.Map), "MapStateSucceeded", null },
        { new BranchesFailed(StateType.Map), "MapStateFailed", null },
        { new StateAborted(StateType.Map), "MapStateAborted", null },
        { new StateAborted(StateType.Task), "TaskStateAborted", null },
        { new StateAborted(StateType.Wait), "WaitStateAborted", null },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_event_has_the_type_and_details_of_AWS(ExecutionEvent e, string type, HistoryEventDetails? details)
    {
        var bytes = new EventCodec(new IdentityPayloadCodec()).Encode([e with { Id = 5, PreviousId = 4, At = 1_790_000_000_000 }]);
        var wire = Assert.Single(EventCodec.Read(bytes).Events);
        Assert.False(HistoryProjection.ShowsPayload(wire));
        Assert.Equal(new HistoryEvent(5, 4, 1_790_000_000_000, type, details), HistoryProjection.Project(wire, "r", payload: null));
    }
}
