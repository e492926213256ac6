using Cluster.Node.Journal;
using Cluster.Node.Journal.InMemory;

namespace Cluster.Node.StateMachines.InMemory;

/// <summary>Removes from the memory stores. Whoever asks has the turn: there is one process.</summary>
/// <param name="store">The executions.</param>
/// <param name="machines">The machines and definitions.</param>
public sealed class InMemoryRetention(InMemoryStore store, InMemoryStateMachineStore machines) : IRetentionStore
{
    /// <inheritdoc/>
    public ValueTask<IRetentionTurn?> TryBeginAsync(RetentionMoment moment, CancellationToken cancellation) =>
        ValueTask.FromResult<IRetentionTurn?>(new Turn(store, machines, moment));

    private sealed class Turn(InMemoryStore store, InMemoryStateMachineStore machines, RetentionMoment moment) : IRetentionTurn
    {
        public ValueTask<MachineKey?> NextMachineAsync(MachineKey? after, CancellationToken cancellation) =>
            ValueTask.FromResult(store.With((tables, _) => tables.NextMachine(after)));

        public ValueTask<RemovedExecutions> RemoveExecutionsAsync(
            MachineKey machine, long endedBefore, RetentionPlace? from, CancellationToken cancellation) => ValueTask.FromResult(store.With((tables, _) =>
            {
                var place = from ?? RetentionPlace.First;
                var page = tables.Ended(machine, place, endedBefore, RetentionLimits.StepExecutions);
                var rows = page.Sum(id => tables.Remove(id, moment.Now));
                var next = page.Count < RetentionLimits.StepExecutions ? place.NextStatus : place with { After = page[^1] };
                return new RemovedExecutions(page.Count, rows, next);
            }));

        public ValueTask<ReclaimedSpace> ReclaimAsync(CancellationToken cancellation) =>
            ValueTask.FromResult(new ReclaimedSpace(0, 0, IsDone: true));

        public ValueTask<int> RemoveNamesAsync(CancellationToken cancellation) =>
            ValueTask.FromResult(store.With((tables, _) => tables.RemoveNames(moment.Now, RetentionLimits.StepNames)));

        public ValueTask<int> RemoveDefinitionsAsync(CancellationToken cancellation) =>
            ValueTask.FromResult(machines.RemoveDefinitions(moment.Now, () => store.With((tables, _) => tables.Definitions())));

        public ValueTask<int> RemoveLogAsync(CancellationToken cancellation) =>
            ValueTask.FromResult(store.With((_, register) => register.RemoveGrants(moment.LogFrom)));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
